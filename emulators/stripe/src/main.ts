import { StripeEmulator } from './server.js';
import type { Endpoint } from './send-delivery.js';
import { apiVersion } from './objects.js';

/** @throws when the list of endpoints is no JSON list of `{url, secrets}`. */
function endpointsOf(text: string | undefined): Endpoint[] {
  const endpoints = JSON.parse(text || '[]') as Endpoint[];
  if (!Array.isArray(endpoints) || endpoints.some(({ url, secrets }) => typeof url !== 'string' || !Array.isArray(secrets))) {
    throw new Error('STRIPE_EMULATOR_ENDPOINTS: expected a JSON list of {"url": "...", "secrets": ["whsec_..."]}');
  }
  const other = endpoints.find((endpoint) => endpoint.apiVersion !== undefined && endpoint.apiVersion !== apiVersion);
  if (other) throw new Error(`STRIPE_EMULATOR_ENDPOINTS: ${other.url} wants ${other.apiVersion}; this emulator speaks ${apiVersion} only`);
  return endpoints;
}

const { HTTP_HOST = '127.0.0.1', HTTP_PORT = '4242', EMULATOR_STATE_DIR, STRIPE_EMULATOR_ENDPOINTS } = process.env;
const emulator = new StripeEmulator({
  host: HTTP_HOST,
  port: Number(HTTP_PORT),
  ...(EMULATOR_STATE_DIR ? { stateDir: EMULATOR_STATE_DIR } : {}),
  endpoints: endpointsOf(STRIPE_EMULATOR_ENDPOINTS),
});
const port = await emulator.start();
process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'Stripe emulator is ready', url: `http://${HTTP_HOST}:${port}` })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void emulator.close().then(() => process.exit(0)));
