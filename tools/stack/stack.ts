import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  allocator,
  heapFlags,
  serviceFlags,
  programFlags,
  Child,
  clusterOf,
  databaseUrlOf,
  ensureKafkaJars,
  ensureRegistryJar,
  kafkaReady,
  passableDataFolder,
  postgresReady,
  registryReady,
  registryUrlOf,
  StackError,
  startKafkaNode,
  startPostgres,
  startRegistry,
  stopPostgres,
} from '@tributary/local-stack';
import type { KafkaNode, KafkaOptions, PostgresOptions } from '@tributary/local-stack';
import type { PortName } from '#doctor/ports.mjs';
import { answersOk } from './http-probe.js';
import { marker } from './leftovers.js';
import type { Part, ProcessPart } from './part.js';
import { demoValue } from './settings.js';
import type { Settings } from './settings.js';

/**
 * The local stack, top to bottom in the order in which it starts. The same description as docker-compose.yml: change both.
 * Parts of one level start together; each waits for what it depends on.
 */
export function describeStack(settings: Settings, without: readonly string[] = []): Part[] {
  const env = stackEnvironment(settings, without);
  const foundation = ['set-up', 'postgres'];
  const value = (name: string): Record<string, string> => (settings.demo[name] === undefined ? {} : { [name]: settings.demo[name] });
  return [
    { kind: 'task', name: 'downloads', dependsOn: [], run: downloads },
    kafka(settings),
    postgres(settings),
    registry(settings, ['kafka']),
    emulator(settings, 'emulator-stripe', 'emulators/stripe', 'stripe', '/_control/day', {
      STRIPE_EMULATOR_ENDPOINTS: webhookEndpoints(settings),
    }),
    emulator(settings, 'emulator-epicor-kinetic', 'emulators/epicor-kinetic', 'kinetic', '/_control/calls', {
      ...renamed(value('KINETIC_COMPANY'), 'EMULATOR_COMPANY'),
      ...renamed(value('KINETIC_USER'), 'EMULATOR_USER'),
      ...renamed(value('KINETIC_PASSWORD'), 'EMULATOR_PASSWORD'),
      ...renamed(value('KINETIC_API_KEY'), 'EMULATOR_API_KEY'),
    }),
    {
      kind: 'task',
      name: 'set-up',
      dependsOn: ['kafka', 'registry'],
      run: async () => {
        const { setUp } = await import('./setup.js'); // only here: the other commands need neither client nor schemas
        await setUp({
          brokers: env.infrastructure.KAFKA_BROKERS.split(','),
          registryUrl: env.infrastructure.SCHEMA_REGISTRY_URL,
          targets: demoValue(settings, 'TRIBUTARY_TARGETS').split(','),
        });
      },
    },
    service(settings, 'ingest', ['set-up'], env.of('ingest')),
    service(settings, 'transform', [...foundation, 'emulator-stripe'], env.of('transform')),
    service(settings, 'erp-sink', [...foundation, 'emulator-epicor-kinetic'], env.of('erp-sink')),
    // The way back: the same service, with the Stripe account as its target.
    service(settings, 'erp-sink-stripe', [...foundation, 'emulator-stripe'], env.of('erp-sink-stripe'), 'services/erp-sink'),
    service(settings, 'recon', [...foundation, 'emulator-epicor-kinetic'], env.of('recon')),
    service(settings, 'console', ['recon'], env.of('console')),
  ];
}

function renamed(values: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.values(values).map((value) => [name, value]));
}

export type ServiceName = 'ingest' | 'transform' | 'erp-sink' | 'erp-sink-stripe' | 'recon' | 'console';

interface StackEnvironment {
  readonly infrastructure: { readonly KAFKA_BROKERS: string; readonly SCHEMA_REGISTRY_URL: string; readonly DATABASE_URL: string };
  /** All variables of one service, without those of its own HTTP server. */
  of(service: ServiceName): Readonly<Record<string, string>>;
}

/**
 * What the services are told. What the environment sets wins (`settings.given`), with two exceptions: the broker, registry, database and
 * services that this stack starts are used, unless they are left out; and the second sink always serves the Stripe account.
 * @param without names of parts that are left out.
 */
export function stackEnvironment(settings: Settings, without: readonly string[] = []): StackEnvironment {
  const { ports, given } = settings;
  const own = (part: string, variable: string, value: string): string => (without.includes(part) ? (given[variable] ?? value) : value);
  const infrastructure = {
    KAFKA_BROKERS: own('kafka', 'KAFKA_BROKERS', `127.0.0.1:${ports.kafka}`),
    SCHEMA_REGISTRY_URL: own('registry', 'SCHEMA_REGISTRY_URL', registryUrlOf(ports.registry)),
    DATABASE_URL: own('postgres', 'DATABASE_URL', databaseUrlOf(postgresOptions(settings))),
  };
  const targets = demoValue(settings, 'TRIBUTARY_TARGETS');
  const assets = { TRIBUTARY_ASSETS_DIR: given.TRIBUTARY_ASSETS_DIR ?? join(settings.root, 'assets') };
  const kinetic = addressOf('KINETIC_URL', `http://127.0.0.1:${ports['emulator-epicor-kinetic']}/kinetic`, 'emulator-epicor-kinetic');
  const stripe = addressOf('STRIPE_API_URL', `http://127.0.0.1:${ports['emulator-stripe']}`, 'emulator-stripe');
  // A real Stripe has rate limits of its own: the defaults of the connector hold there.
  const emulated = given.STRIPE_API_URL === undefined && stripe.STRIPE_API_URL !== undefined;
  const emulatorLimits = emulated ? Object.entries(stripeEmulatorLimits).filter(([name]) => given[name] === undefined) : [];
  const byService: Readonly<Record<ServiceName, Readonly<Record<string, string>>>> = {
    ingest: {},
    transform: stripe,
    'erp-sink': kinetic,
    'erp-sink-stripe': { ...Object.fromEntries(emulatorLimits), ...stripe, ...stripeTarget },
    recon: {
      RECON_TARGETS: given.RECON_TARGETS ?? targets,
      TRANSFORM_URL: own('transform', 'TRANSFORM_URL', `http://127.0.0.1:${ports.transform}`),
      ...kinetic,
    },
    console: { RECON_URL: own('recon', 'RECON_URL', `http://127.0.0.1:${ports.recon}`) },
  };
  return {
    infrastructure,
    of: (service) =>
      service === 'console'
        ? { ...withoutSecrets(settings.demo), ...byService.console }
        : { ...settings.demo, ...infrastructure, ...assets, ...byService[service] },
  };

  /** The address that is given, else that of the emulator; none when the emulator is left out: then the default of the service holds. */
  function addressOf(variable: string, emulatorUrl: string, emulatorPart: string): Readonly<Record<string, string>> {
    const address = given[variable] ?? (without.includes(emulatorPart) ? undefined : emulatorUrl);
    return address === undefined ? {} : { [variable]: address };
  }
}

/** Kafka and the registry by Maven, side by side; done at once when they are in the cache. */
async function downloads(): Promise<void> {
  await Promise.all([ensureKafkaJars(), ensureRegistryJar()]);
}

const graceMs = { service: 30_000, emulator: 5_000, kafka: 20_000, registry: 10_000, postgres: 10_000 };
const readyTimeoutMs = 120_000;
const emulatorHeapMiB = 256;

function kafka(settings: Settings): ProcessPart {
  const node: KafkaNode = { nodeId: 1, port: settings.ports.kafka, controllerPort: settings.ports['kafka-controller'] };
  const options: KafkaOptions = {
    nodes: [node],
    folder: join(settings.folders.data, 'kafka'),
    logFolder: settings.folders.logs,
    env: mark(settings),
  };
  return {
    kind: 'infrastructure',
    name: 'kafka',
    port: node.port,
    dependsOn: ['downloads'],
    graceMs: graceMs.kafka,
    start: () => startKafkaNode(node, options),
    ready: (child) => kafkaReady(child, node, 1),
    isReady: () =>
      clusterOf(`127.0.0.1:${node.port}`).then(
        (cluster) => cluster.controllerId >= 0,
        () => false,
      ),
  };
}

function postgresOptions(settings: Settings): PostgresOptions {
  return {
    port: settings.ports.postgres,
    folder: passableDataFolder(join(settings.folders.data, 'postgres')),
    logFolder: settings.folders.logs,
    database: demoValue(settings, 'POSTGRES_DB'),
    user: demoValue(settings, 'POSTGRES_USER'),
    password: demoValue(settings, 'POSTGRES_PASSWORD'),
    env: mark(settings),
  };
}

function postgres(settings: Settings): ProcessPart {
  const options = postgresOptions(settings);
  return {
    kind: 'infrastructure',
    name: 'postgres',
    port: options.port,
    dependsOn: [],
    graceMs: graceMs.postgres,
    start: () => startPostgres(options),
    ready: (child) => postgresReady(child, options),
    isReady: () => import('./database-probe.js').then(({ databaseAnswers }) => databaseAnswers(databaseUrlOf(options))),
    end: stopPostgres,
  };
}

function registry(settings: Settings, dependsOn: readonly string[]): ProcessPart {
  const { port, brokers } = { port: settings.ports.registry, brokers: [`127.0.0.1:${settings.ports.kafka}`] };
  return {
    kind: 'infrastructure',
    name: 'registry',
    port,
    dependsOn,
    graceMs: graceMs.registry,
    start: () => startRegistry({ port, brokers, logFolder: settings.folders.logs, env: mark(settings) }),
    ready: (child) => registryReady(child, port),
    isReady: () => answersOk(`${registryUrlOf(port)}/subjects`),
  };
}

function emulator(
  settings: Settings,
  name: PortName,
  project: string,
  stateFolder: string,
  readyPath: string,
  env: Readonly<Record<string, string>>,
): ProcessPart {
  return nodeProcess(settings, {
    kind: 'emulator',
    name,
    project,
    dependsOn: [],
    readyPath,
    graceMs: graceMs.emulator,
    flags: heapFlags(emulatorHeapMiB),
    env: { EMULATOR_STATE_DIR: join(settings.folders.data, stateFolder), LOG_LEVEL: demoValue(settings, 'LOG_LEVEL'), ...env },
  });
}

/** What the console needs of the common variables: it talks to recon only. */
function withoutSecrets(common: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(common).filter(([name]) =>
      /^(?:LOG_LEVEL|TRIBUTARY_ENVIRONMENT|LANG|TZ|NODE_EXTRA_CA_CERTS|(?:OTEL|CONSOLE)_\w+)$/.test(name),
    ),
  );
}

/** Which target the second sink serves; everything else of the two sinks is the same. */
const stripeTarget = { ERP_TARGET: 'stripe-main', ERP_KIND: 'stripe' };

/** The emulator answers at once and has no rate limit: short waits keep the lease short, so a killed sink resumes within seconds. */
const stripeEmulatorLimits = { STRIPE_CALL_TIMEOUT_MS: '5000', STRIPE_CALLS_PER_SECOND: '100', STRIPE_MAX_WAIT_MS: '1000' };

function service(
  settings: Settings,
  name: PortName,
  dependsOn: readonly string[],
  env: Readonly<Record<string, string>>,
  project = `services/${name}`,
): ProcessPart {
  return nodeProcess(settings, {
    kind: 'service',
    name,
    project,
    dependsOn,
    readyPath: '/ready',
    graceMs: graceMs.service,
    flags: serviceFlags(name),
    env,
  });
}

interface NodeProcess {
  readonly kind: 'emulator' | 'service';
  readonly name: PortName;
  readonly project: string;
  readonly dependsOn: readonly string[];
  readonly readyPath: string;
  readonly graceMs: number;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function nodeProcess(settings: Settings, spec: NodeProcess): ProcessPart {
  const port = settings.ports[spec.name];
  const entry = join(settings.root, spec.project, 'dist', 'main.js');
  const readyUrl = `http://127.0.0.1:${port}${spec.readyPath}`;
  return {
    kind: spec.kind,
    name: spec.name,
    port,
    dependsOn: spec.dependsOn,
    graceMs: spec.graceMs,
    start: async () => {
      if (!existsSync(entry))
        throw new StackError('stack.not-built', `starting ${spec.name}: ${spec.project}/dist/main.js is not there. Run \`npm run build\`.`);
      return Child.start({
        name: spec.name,
        command: process.execPath,
        args: [...programFlags(settings.root), ...spec.flags, entry],
        cwd: settings.root,
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          ...allocator,
          ...spec.env,
          HTTP_HOST: '127.0.0.1',
          HTTP_PORT: String(port),
          ...mark(settings),
        },
        logFile: join(settings.folders.logs, `${spec.name}.log`),
      });
    },
    ready: (child) => child.readyWhen(() => answersOk(readyUrl), readyTimeoutMs),
    isReady: () => answersOk(readyUrl),
  };
}

const mark = (settings: Settings): Record<string, string> => ({ [marker]: settings.folders.state });

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
