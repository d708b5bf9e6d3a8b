import { join } from 'node:path';
import type { EmulatorName } from './parts.js';
import { demoValue } from './settings.js';
import type { Settings } from './settings.js';

/** Environment of an emulator: its state folder, and the credentials that it accepts, which are those of the demo. */
export function emulatorEnvironment(settings: Settings, name: EmulatorName): Readonly<Record<string, string>> {
  const common = { LOG_LEVEL: demoValue(settings, 'LOG_LEVEL') };
  const stateIn = (folder: string): Readonly<Record<string, string>> => ({ EMULATOR_STATE_DIR: join(settings.folders.data, folder) });
  if (name === 'emulator-stripe') return { ...common, ...stateIn('stripe'), STRIPE_EMULATOR_ENDPOINTS: webhookEndpoints(settings) };
  if (name === 'emulator-dynamics-sl') return { ...common, ...stateIn('dynamics-sl') };
  if (name === 'emulator-prophet21') return { ...common, ...stateIn('prophet21'), EMULATOR_CASH_SERVICE: 'CashReceipts' };
  const credentials = ['COMPANY', 'USER', 'PASSWORD', 'API_KEY'].flatMap((what) => {
    const value = settings.demo[`KINETIC_${what}`];
    return value === undefined ? [] : [[`EMULATOR_${what}`, value] as const];
  });
  return { ...common, ...stateIn('kinetic'), ...Object.fromEntries(credentials) };
}

/** Where the Stripe emulator delivers: every endpoint of ingest, signed with its newest secret. */
function webhookEndpoints(settings: Settings): string {
  const endpoints = JSON.parse(settings.demo.STRIPE_ENDPOINTS ?? '[]') as { name: string; secrets: string[]; apiVersion?: string }[];
  return JSON.stringify(
    endpoints.map(({ name, secrets, apiVersion }) => ({
      url: `http://127.0.0.1:${settings.ports.ingest}/webhooks/stripe/${name}`,
      secrets: secrets.slice(0, 1),
      ...(apiVersion ? { apiVersion } : {}),
    })),
  );
}
