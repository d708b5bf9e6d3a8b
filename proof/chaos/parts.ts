import { join } from 'node:path';
import {
  Child,
  databaseUrlOf,
  identityFolder,
  kafkaReady,
  postgresReady,
  registryReady,
  payloadVariablesOf,
  sealVariables,
  serviceIdentity,
  startKafkaNode,
  startPostgres,
  startRegistry,
  workspaceRoot,
} from '@tributary/local-stack';
import type { KafkaNode } from '@tributary/local-stack';
import { Part } from './part.js';
import type { UnexpectedExit } from './part.js';
import type { Victim } from './plan.js';

/** Addresses of every part, chosen before the first start and kept over restarts. */
export interface Addresses {
  readonly nodes: readonly KafkaNode[];
  readonly brokers: readonly string[];
  readonly registryPort: number;
  readonly registryUrl: string;
  readonly postgresPort: number;
  readonly http: Readonly<Partial<Record<Victim, number>>>;
}

interface PartsOptions {
  /** Data folder, removed with the system. */
  readonly folder: string;
  readonly logFolder: string;
  readonly brokers: number;
  readonly addresses: Addresses;
  readonly beforeRestart: Partial<Record<Victim, () => Promise<void>>>;
  onUnexpectedExit(end: UnexpectedExit): void;
}

/** The webhook endpoint of ingest. */
export const endpoint = { name: 'default', secrets: ['whsec_chaos'], livemode: false, account: null, apiVersion: '2026-08-26.dahlia' };

const stopGraceMs = 20_000;
const readyMs = 60_000;
const probeTimeoutMs = 2_000;

/** Short times, so that a round is short: half a minute in production is a few seconds here, in the same proportions. */
const timing = {
  session: { KAFKA_SESSION_TIMEOUT_MS: '6000' },
  kinetic: { KINETIC_CALL_TIMEOUT_MS: '1000' }, // the longest call is then 3 s, the lease 8 s and the settle time
  sink: {
    ERP_SETTLE_MS: '500',
    ERP_PROBE_MAX_MS: '1000',
    ERP_PARK_MS: '1500',
    ERP_MAX_ATTEMPTS: '20',
    SWEEP_INTERVAL_MS: '500',
    BATCH_IDLE_MS: '1500',
    BATCH_MAX_AGE_MS: '10000',
  },
};

/** Every part of the system in the order of start. */
export function partsOf(options: PartsOptions): ReadonlyMap<Victim, Part> {
  const { addresses } = options;
  const make = (name: Victim, start: () => Promise<Child>, ready: (child: Child) => Promise<void>): Part => {
    const beforeRestart = options.beforeRestart[name];
    return new Part({
      name,
      start,
      ready,
      graceMs: stopGraceMs,
      onUnexpectedExit: options.onUnexpectedExit,
      ...(beforeRestart ? { beforeRestart } : {}),
    });
  };
  const parts = [
    ...addresses.nodes.map((node) => {
      const kafka = { nodes: addresses.nodes, folder: join(options.folder, 'kafka'), logFolder: options.logFolder };
      return make(
        `kafka-${node.nodeId}`,
        () => startKafkaNode(node, kafka),
        (child) => kafkaReady(child, node, options.brokers),
      );
    }),
    make(
      'registry',
      () => startRegistry({ port: addresses.registryPort, logFolder: options.logFolder, brokers: addresses.brokers }),
      (child) => registryReady(child, addresses.registryPort),
    ),
    make(
      'postgres',
      () => startPostgres(postgres(options)),
      (child) => postgresReady(child, postgres(options)),
    ),
    ...Object.entries(environments(options)).map(([name, env]) => service(options, name as Victim, env, make)),
  ];
  return new Map(parts.map((part) => [part.name, part]));
}

function postgres(options: PartsOptions): Parameters<typeof startPostgres>[0] {
  return {
    port: options.addresses.postgresPort,
    folder: join(options.folder, 'postgres'),
    logFolder: options.logFolder,
    database: 'tributary',
    user: 'tributary',
    password: 'tributary',
    // Without fsync a killed server loses nothing, because the kernel keeps its pages; synchronous_commit off would lose commits.
    config: { fsync: 'off', full_page_writes: 'off' },
  };
}

function service(
  options: PartsOptions,
  name: Victim,
  env: Readonly<Record<string, string>>,
  make: (name: Victim, start: () => Promise<Child>, ready: (child: Child) => Promise<void>) => Part,
): Part {
  const port = options.addresses.http[name] as number;
  const emulator = name.startsWith('emulator-');
  const project = emulator ? `emulators/${name.slice('emulator-'.length)}` : `services/${name.replace(/-b$/, '')}`;
  return make(
    name,
    () =>
      Child.start({
        name,
        command: process.execPath,
        args: ['--enable-source-maps', join(workspaceRoot, project, 'dist/main.js')],
        cwd: workspaceRoot,
        env: {
          ...{ PATH: process.env.PATH, HOME: process.env.HOME, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port) },
          ...(emulator ? {} : identityOf(name, options.folder)),
          ...env,
        },
        logFile: join(options.logFolder, `${name}.log`),
      }),
    (child) =>
      child.readyWhen(async () => {
        const url = `http://127.0.0.1:${port}${emulator ? '/_control/state' : '/ready'}`;
        const answer = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs) });
        await answer.arrayBuffer();
        return answer.ok;
      }, readyMs),
  );
}

/** Keys of a service, which were made in the folder of the system. */
function identityOf(name: Victim, folder: string): Readonly<Record<string, string>> {
  const keys = identityFolder(folder);
  return { ...serviceIdentity(name, { folder: keys }), ...sealVariables(keys), ...payloadVariablesOf(keys) };
}

function environments({ addresses, folder }: PartsOptions): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const common = {
    KAFKA_BROKERS: addresses.brokers.join(','),
    SCHEMA_REGISTRY_URL: addresses.registryUrl,
    DATABASE_URL: databaseUrlOf({ port: addresses.postgresPort, database: 'tributary', user: 'tributary', password: 'tributary' }),
    TRIBUTARY_ENVIRONMENT: 'test',
    TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets/epicor-kinetic'),
    ...timing.session,
  };
  const kinetic = {
    ERP_TARGET: 'kinetic-main',
    ERP_KIND: 'epicor-kinetic',
    KINETIC_URL: `http://127.0.0.1:${addresses.http['emulator-epicor-kinetic']}/kinetic`,
    KINETIC_COMPANY: 'EPIC06',
    KINETIC_USER: 'tributary',
    KINETIC_PASSWORD: 'demo-password',
    KINETIC_API_KEY: 'demo-api-key',
    KINETIC_LICENCE_RETRY_MS: '1000',
    ...timing.kinetic,
  };
  const sink = { ...common, ...kinetic, ...timing.sink };
  return {
    'emulator-stripe': { EMULATOR_STATE_DIR: join(folder, 'stripe') },
    'emulator-epicor-kinetic': { EMULATOR_STATE_DIR: join(folder, 'kinetic') },
    ingest: { ...common, STRIPE_ENDPOINTS: JSON.stringify([endpoint]) },
    transform: {
      ...common,
      STRIPE_API_KEY: 'sk_test_chaos',
      STRIPE_API_URL: `http://127.0.0.1:${addresses.http['emulator-stripe']}`,
      // The charges of the load are not in the emulator, so their settlement currencies are declared.
      STRIPE_SETTLEMENT_CURRENCIES: '*',
    },
    'erp-sink': sink,
    'erp-sink-b': sink,
    recon: { ...common, ...kinetic },
  };
}
