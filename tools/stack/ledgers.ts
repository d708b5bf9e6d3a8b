import { heapFlags } from '@tributary/local-stack';
import type { StartArguments } from './arguments.js';
import type { DeployedPart } from './parts.js';
import type { Settings } from './settings.js';

/** A ledger that the demo can post to beside Kinetic: its emulator, and what its connector is told. */
export interface DemoLedger {
  readonly target: string;
  /** Value of ERP_KIND. */
  readonly kind: string;
  readonly emulator: DeployedPart;
  /** Variable of its address, and the path below the emulator. */
  readonly address: readonly [variable: string, path: string];
  /** The demo's values: public, those that the emulator accepts by default. */
  readonly variables: Readonly<Record<string, string>>;
}

function emulator(name: DeployedPart['name'], project: string): DeployedPart {
  const readyPath = '/_control/calls';
  return { name, kind: 'emulator', project, dependsOn: [], readyPath, flags: heapFlags(256), variables: ['EMULATOR_STATE_DIR'] };
}

/** Ledgers of `npm start -- --targets`, beside that of Kinetic. Currencies of Prophet 21: docs/reference/prophet21.md section 14. */
export const demoLedgers: readonly DemoLedger[] = [
  {
    target: 'sl-main',
    kind: 'dynamics-sl',
    emulator: emulator('emulator-dynamics-sl', 'emulators/dynamics-sl'),
    address: ['SL_URL', '/sl'],
    variables: {
      SL_COMPANY: '0060',
      SL_USER: 'tributary',
      SL_PASSWORD: 'demo-password',
      SL_SITE_KEY: 'demo-site-key',
      SL_LICENCE_KEY: 'demo-licence-key',
      SL_CALL_TIMEOUT_MS: '10000',
    },
  },
  {
    target: 'p21-main',
    kind: 'prophet21',
    emulator: emulator('emulator-prophet21', 'emulators/prophet21'),
    address: ['P21_URL', ''],
    variables: {
      P21_COMPANY: 'ACME',
      P21_USER: 'tributary',
      P21_PASSWORD: 'demo-password',
      P21_CALL_TIMEOUT_MS: '10000',
      P21_CURRENCY_IDS: 'USD=1,EUR=2,GBP=3,CAD=4,AUD=5,CHF=6,SEK=7,JPY=8,KWD=9,ISK=10,UGX=11',
      P21_RECEIPT_SERVICE: 'CashReceipts',
      P21_FOREIGN_AMOUNTS: 'face',
    },
  },
];

const kinetic = ['kinetic-main', 'epicor-kinetic'] as const;
const stripe = 'stripe-main';

/** Names for `--targets`. */
export const knownLedgers: readonly string[] = [kinetic[0], ...demoLedgers.map(({ target }) => target)];

/** Ledgers of a stack, by the targets that it serves (TRIBUTARY_TARGETS). */
export function ledgersOf({ demo }: Pick<Settings, 'demo'>): readonly DemoLedger[] {
  const served = (demo.TRIBUTARY_TARGETS ?? '').split(',');
  return demoLedgers.filter(({ target }) => served.includes(target));
}

/** TRIBUTARY_TARGETS for `--targets`: those ledgers, and the Stripe account. @throws {Error} naming a ledger that there is none of. */
export function targetsFor(chosen: readonly string[]): string {
  const unknown = chosen.find((target) => !knownLedgers.includes(target));
  if (unknown !== undefined) throw new Error(`--targets ${unknown}: there are ${knownLedgers.join(', ')}`);
  return [...new Set(chosen), stripe].join(',');
}

/** Ledgers of a plain `npm start`. */
const defaultLedgers: readonly string[] = knownLedgers;
/** What says otherwise which ledgers there are, or where they are. */
const ledgerVariableNames = [
  ...['TRIBUTARY_TARGETS', 'TRIBUTARY_ASSETS_DIR', 'ERP_TARGET', 'ERP_TARGETS', 'ERP_KIND', 'RECON_TARGETS', 'RECON_LEDGERS'],
  ...['KINETIC_URL', 'SL_URL', 'P21_URL', 'STRIPE_API_URL'],
];

/**
 * TRIBUTARY_TARGETS of a start: the ledgers of `--targets`; all of them for a plain start. With parts left out, assets or variables of the
 * user's own, the environment and .env.demo decide.
 * @throws {Error} naming a ledger that there is none of.
 */
export function targetsOfStart(
  { targets, without, assets }: Pick<StartArguments, 'targets' | 'without' | 'assets'>,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const isPlain = without.length === 0 && assets === undefined && ledgerVariableNames.every((name) => !env[name]);
  const chosen = targets.length > 0 ? targets : isPlain ? defaultLedgers : [];
  return chosen.length === 0 ? {} : { TRIBUTARY_TARGETS: targetsFor(chosen) };
}

/**
 * What erp-sink and recon are told of the ledgers: one process serves them all. Nothing where Kinetic is the only one.
 * @returns variables of both, and those of each.
 */
export function ledgerVariables({ demo, given, ports }: Pick<Settings, 'demo' | 'given' | 'ports'>): {
  readonly common: Readonly<Record<string, string>>;
  readonly sink: Readonly<Record<string, string>>;
  readonly recon: Readonly<Record<string, string>>;
} {
  const more = ledgersOf({ demo });
  if (more.length === 0) return { common: {}, sink: {}, recon: {} };
  const served = (demo.TRIBUTARY_TARGETS ?? '').split(',');
  const kinds = [...(served.includes(kinetic[0]) ? [kinetic] : []), ...more.map(({ target, kind }) => [target, kind] as const)];
  const list = kinds.map((pair) => pair.join('=')).join(',');
  const common = Object.assign(
    {},
    ...more.map(({ emulator: { name }, address: [variable, path], variables }) => ({
      [variable]: `http://127.0.0.1:${ports[name]}${path}`,
      ...variables,
    })),
  ) as Record<string, string>;
  for (const name of Object.keys(common)) common[name] = given[name] ?? (common[name] as string);
  return { common, sink: { ERP_TARGETS: given.ERP_TARGETS ?? list }, recon: { RECON_LEDGERS: given.RECON_LEDGERS ?? list } };
}
