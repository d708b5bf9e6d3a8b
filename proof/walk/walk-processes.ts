import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { topicsToMake } from '@tributary/contracts';
import {
  freePorts,
  identityFolder,
  makeLocalIdentity,
  makePayloadKeys,
  makeSealKeys,
  payloadVariablesOf,
  sealVariables,
  serviceIdentity,
  ServiceProcess,
  workspaceRoot,
} from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { TopicAdmin } from '@tributary/messaging';
import { endpoints } from './bodies.js';

/** The processes of the walk in the order in which they start. */
export const serviceNames = [
  'emulator-stripe',
  'emulator-epicor-kinetic',
  'ingest',
  'transform',
  'erp-sink',
  'erp-sink-stripe',
  'recon',
] as const;
/** A process of the walk. */
export type ServiceName = (typeof serviceNames)[number];
/** Where the broker, the registry and the database are. */
export type Wire = Pick<Stack, 'brokers' | 'registryUrl' | 'databaseUrl'>;
/** HTTP port of each process. */
export type Ports = Readonly<Record<ServiceName, number>>;

/** Free ports, one per process. */
export async function choosePorts(): Promise<Ports> {
  const ports = await freePorts(serviceNames.length);
  return Object.fromEntries(serviceNames.map((service, index) => [service, ports[index]])) as unknown as Ports;
}

/** How the processes of a walk differ from the usual ones. */
export interface WalkOptions {
  /** Other flows and profiles than the shipped ones. */
  readonly assetsDir?: string;
  /** Endpoint of a collector of spans. */
  readonly spansTo?: string;
  /** Further variables of a process; they replace its usual ones. */
  readonly variablesOf?: (service: ServiceName) => Readonly<Record<string, string>>;
}

/** Creates the topics and registers the schemas. @throws with the output of the command when the registry refuses one. */
export async function prepareTopics(stack: Pick<Stack, 'brokers' | 'registryUrl'>): Promise<void> {
  await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'walk' }, topicsToMake({ targets: ['kinetic-main', 'stripe-main'] }));
  const register = join(workspaceRoot, 'tools/dist/contracts/register.js');
  const registered = spawnSync(process.execPath, [register, '--registry', stack.registryUrl], { encoding: 'utf8' });
  if (registered.status !== 0) throw new Error(`registering the schemas: ${registered.stdout}${registered.stderr}`);
}

/**
 * The processes of the walk, not started. They know who asks them: keys and a token are made in the folder.
 * @param folder for logs and for the state of the emulators.
 */
export function processesOf(
  stack: Wire,
  ports: Ports,
  folder: string,
  { assetsDir = join(workspaceRoot, 'assets'), spansTo, variablesOf = () => ({}) }: WalkOptions = {},
): Readonly<Record<ServiceName, ServiceProcess>> {
  makeLocalIdentity(identityFolder(folder));
  makeSealKeys(identityFolder(folder));
  makePayloadKeys(identityFolder(folder));
  const environments = environmentsOf(stack, ports, folder, assetsDir);
  const tracing: Record<string, string> = spansTo === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: spansTo };
  const processes = serviceNames.map((service) => {
    const isEmulator = service.startsWith('emulator-');
    const options = {
      name: service,
      entry: entryOf(service),
      env: {
        ...environments[service],
        ...(isEmulator ? {} : { ...identityOf(service, folder), ...tracing }),
        ...variablesOf(service),
        HTTP_PORT: String(ports[service]),
      },
      readyUrl: `http://127.0.0.1:${ports[service]}${isEmulator ? '/_control/state' : '/ready'}`,
      logFile: join(folder, `${service}.log`),
    };
    return [service, new ServiceProcess(options)] as const;
  });
  return Object.fromEntries(processes) as Record<ServiceName, ServiceProcess>;
}

function identityOf(service: ServiceName, folder: string): Readonly<Record<string, string>> {
  const identity = identityFolder(folder);
  return { ...serviceIdentity(service, { folder: identity }), ...sealVariables(identity), ...payloadVariablesOf(identity) };
}

/** Compiled entry point. Both sinks are the service erp-sink. */
function entryOf(service: ServiceName): string {
  if (service.startsWith('emulator-')) return `emulators/${service.slice('emulator-'.length)}/dist/main.js`;
  return `services/${service === 'erp-sink-stripe' ? 'erp-sink' : service}/dist/main.js`;
}

function environmentsOf(stack: Wire, ports: Ports, folder: string, assetsDir: string): Record<ServiceName, Record<string, string>> {
  const common = { ...commonEnvironment(stack), TRIBUTARY_ASSETS_DIR: assetsDir };
  const kinetic = kineticEnvironment(ports);
  const recon = { RECON_URL: `http://127.0.0.1:${ports.recon}` }; // whom sinks tell what people do
  const stripe = { STRIPE_API_KEY: 'sk_test_walk', STRIPE_API_URL: `http://127.0.0.1:${ports['emulator-stripe']}` };
  return {
    'emulator-stripe': {
      HTTP_HOST: '127.0.0.1',
      EMULATOR_STATE_DIR: join(folder, 'stripe'),
      // Stripe delivers events about our own writes, too.
      STRIPE_EMULATOR_ENDPOINTS: JSON.stringify([
        { url: `http://127.0.0.1:${ports.ingest}/webhooks/stripe/${endpoints[0].name}`, secrets: endpoints[0].secrets },
      ]),
    },
    'emulator-epicor-kinetic': { HTTP_HOST: '127.0.0.1', EMULATOR_STATE_DIR: join(folder, 'kinetic') },
    ingest: { ...common, STRIPE_ENDPOINTS: JSON.stringify(endpoints) },
    transform: { ...common, ...stripe, STRIPE_SETTLEMENT_CURRENCIES: 'USD,EUR,CAD,AUD,CHF,SEK,JPY,KWD,ISK,UGX' },
    // A target that refuses every fifth call is not down: frequent probes let the proof end in time.
    'erp-sink': { ...common, ...recon, ...kinetic, ERP_PROBE_MAX_MS: '1000' },
    'erp-sink-stripe': {
      ...common,
      ...recon,
      ...stripe,
      ERP_TARGET: 'stripe-main',
      ERP_KIND: 'stripe',
      STRIPE_CALL_TIMEOUT_MS: '3000',
      STRIPE_CALLS_PER_SECOND: '100',
      STRIPE_MAX_WAIT_MS: '500',
      ERP_PROBE_MAX_MS: '1000',
    },
    recon: { ...common, ...kinetic, RECON_TARGETS: 'kinetic-main,stripe-main' },
  };
}

function commonEnvironment(stack: Wire): Record<string, string> {
  return {
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    DATABASE_URL: stack.databaseUrl,
    HTTP_HOST: '127.0.0.1',
    TRIBUTARY_ENVIRONMENT: 'test',
    LOG_LEVEL: 'info',
    // Time after which the partitions of a killed process go to another member.
    KAFKA_SESSION_TIMEOUT_MS: '12000',
  };
}

function kineticEnvironment(ports: Ports): Record<string, string> {
  return {
    ERP_TARGET: 'kinetic-main',
    ERP_KIND: 'epicor-kinetic',
    KINETIC_URL: `http://127.0.0.1:${ports['emulator-epicor-kinetic']}/kinetic`,
    KINETIC_COMPANY: 'EPIC06',
    KINETIC_USER: 'tributary',
    KINETIC_PASSWORD: 'demo-password',
    KINETIC_API_KEY: 'demo-api-key',
    KINETIC_CALL_TIMEOUT_MS: '3000',
  };
}
