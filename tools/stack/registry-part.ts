import { ensureKafkaJars, ensureRegistryJar, registryReady, registryUrlOf, startRegistry } from '@tributary/local-stack';
import { answersOk } from './http-probe.js';
import type { ProcessPart } from './part.js';
import { mark } from './process-mark.js';
import type { Settings } from './settings.js';

/** Time that the registry gets to stop, ms. */
const graceMs = 10_000;

/** Downloads Kafka and the registry with Maven, in parallel; ends at once when they are in the cache. */
export async function downloads(): Promise<void> {
  await Promise.all([ensureKafkaJars(), ensureRegistryJar()]);
}

/** The schema registry of the stack. @param dependsOn names of parts that have to be ready first. */
export function registry(settings: Settings, dependsOn: readonly string[]): ProcessPart {
  const { port, brokers } = { port: settings.ports.registry, brokers: [`127.0.0.1:${settings.ports.kafka}`] };
  return {
    kind: 'infrastructure',
    name: 'registry',
    port,
    dependsOn,
    graceMs,
    start: () => startRegistry({ port, brokers, logFolder: settings.folders.logs, env: mark(settings) }),
    ready: (child) => registryReady(child, port),
    isReady: () => answersOk(`${registryUrlOf(port)}/subjects`),
  };
}
