import { join } from 'node:path';
import {
  clusterOf,
  databaseUrlOf,
  ensureKafkaJars,
  ensureRegistryJar,
  kafkaReady,
  passableDataFolder,
  postgresReady,
  registryReady,
  registryUrlOf,
  startKafkaNode,
  startPostgres,
  startRegistry,
  stopPostgres,
} from '@tributary/local-stack';
import type { KafkaNode, KafkaOptions, PostgresOptions } from '@tributary/local-stack';
import { answersOk } from './http-probe.js';
import { marker } from './orphans.js';
import type { ProcessPart } from './part.js';
import { demoValue } from './settings.js';
import type { Settings } from './settings.js';

/** Kafka, PostgreSQL and the schema registry as parts of the local stack. */
/** Kafka and the registry by Maven, side by side; done at once when they are in the cache. */
export async function downloads(): Promise<void> {
  await Promise.all([ensureKafkaJars(), ensureRegistryJar()]);
}

const graceMs = { kafka: 20_000, registry: 10_000, postgres: 10_000 };

/** The single Kafka node of the stack. */
export function kafka(settings: Settings): ProcessPart {
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

/** Where the database of a stack is, and who may use it. */
export function postgresOptions(settings: Settings): PostgresOptions {
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

/** The PostgreSQL server of the stack. */
export function postgres(settings: Settings): ProcessPart {
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

/** The schema registry of the stack. @param dependsOn names of parts that have to be ready first. */
export function registry(settings: Settings, dependsOn: readonly string[]): ProcessPart {
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

/** What every process of a stack carries, so that the next start finds it when it was left behind. */
export const mark = (settings: Settings): Record<string, string> => ({ [marker]: settings.folders.state });
