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
export function describeStack(settings: Settings): Part[] {
  const { ports } = settings;
  const brokers = `127.0.0.1:${ports.kafka}`;
  const registryUrl = registryUrlOf(ports.registry);
  const targets = demoValue(settings, 'TRIBUTARY_TARGETS');
  const common = {
    KAFKA_BROKERS: brokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    DATABASE_URL: databaseUrlOf(postgresOptions(settings)),
    TRIBUTARY_ASSETS_DIR: join(settings.root, 'assets'),
  };
  const kinetic = { KINETIC_URL: `http://127.0.0.1:${ports['emulator-epicor-kinetic']}/kinetic` };
  const stripe = { STRIPE_API_URL: `http://127.0.0.1:${ports['emulator-stripe']}` };
  const foundation = ['set-up', 'postgres'];

  return [
    { kind: 'task', name: 'downloads', dependsOn: [], run: downloads },
    kafka(settings),
    postgres(settings),
    registry(settings, ['kafka']),
    emulator(settings, 'emulator-stripe', 'emulators/stripe', 'stripe', '/_control/day', {
      STRIPE_EMULATOR_ENDPOINTS: webhookEndpoints(settings),
    }),
    emulator(settings, 'emulator-epicor-kinetic', 'emulators/epicor-kinetic', 'kinetic', '/_control/calls', {
      EMULATOR_COMPANY: demoValue(settings, 'KINETIC_COMPANY'),
      EMULATOR_USER: demoValue(settings, 'KINETIC_USER'),
      EMULATOR_PASSWORD: demoValue(settings, 'KINETIC_PASSWORD'),
      EMULATOR_API_KEY: demoValue(settings, 'KINETIC_API_KEY'),
    }),
    {
      kind: 'task',
      name: 'set-up',
      dependsOn: ['kafka', 'registry'],
      run: async () => {
        const { setUp } = await import('./setup.js'); // only here: the other commands need neither client nor schemas
        await setUp({ brokers: [brokers], registryUrl, targets: targets.split(',') });
      },
    },
    service(settings, 'ingest', ['set-up'], common),
    service(settings, 'transform', [...foundation, 'emulator-stripe'], { ...common, ...stripe }),
    service(settings, 'erp-sink', [...foundation, 'emulator-epicor-kinetic'], { ...common, ...kinetic }),
    // The way back: the same service, with the Stripe account as its target.
    service(
      settings,
      'erp-sink-stripe',
      [...foundation, 'emulator-stripe'],
      { ...common, ...stripe, ...stripeTarget },
      'services/erp-sink',
    ),
    service(settings, 'recon', [...foundation, 'emulator-epicor-kinetic'], {
      ...common,
      ...kinetic,
      RECON_TARGETS: targets,
      TRANSFORM_URL: `http://127.0.0.1:${ports.transform}`,
    }),
    service(settings, 'console', ['recon'], { RECON_URL: `http://127.0.0.1:${ports.recon}` }),
  ];
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

/**
 * The target is told in the environment; everything else of the two sinks is the same. The emulator answers at once and knows no limits:
 * short waits keep the lease short, so a killed sink goes on within seconds.
 */
const stripeTarget = {
  ERP_TARGET: 'stripe-main',
  ERP_KIND: 'stripe',
  STRIPE_CALL_TIMEOUT_MS: '5000',
  STRIPE_CALLS_PER_SECOND: '100',
  STRIPE_MAX_WAIT_MS: '1000',
};

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
    env: { ...settings.demo, ...env },
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
  const endpoints = JSON.parse(demoValue(settings, 'STRIPE_ENDPOINTS')) as { name: string; secrets: string[]; apiVersion?: string }[];
  return JSON.stringify(
    endpoints.map(({ name, secrets, apiVersion }) => ({
      url: `http://127.0.0.1:${settings.ports.ingest}/webhooks/stripe/${name}`,
      secrets: secrets.slice(0, 1),
      ...(apiVersion ? { apiVersion } : {}),
    })),
  );
}
