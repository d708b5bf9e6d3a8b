import { examineKafka, examineRegistry } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { examineDatabaseClock, examineSchema } from '@tributary/persistence';
import { clockHere, partCheck } from '@tributary/platform';
import type { Check } from '@tributary/platform';
import type { DataSource } from 'typeorm';

/** What recon is connected to. */
export interface ConnectedParts {
  readonly connection: KafkaConnection;
  readonly database: DataSource;
  readonly registryUrl: string;
  readonly registryFetch: typeof fetch;
  readonly targets: readonly string[];
}

/** Longest times, ms: as those of the command. */
const withinMs = { kafka: 30_000, registry: 20_000, postgresql: 20_000 };

/** The checks of `tributary doctor --client recon` for which recon has a connection: topics, groups and rights of recon, all subjects, its schema, clocks. */
export function installationChecks({ connection, database, registryUrl, registryFetch, targets }: ConnectedParts): readonly Check[] {
  const here = clockHere(process.env);
  return [
    partCheck('kafka', connection.brokers.join(','), withinMs.kafka, () => examineKafka(connection, { targets, clients: ['recon'] })),
    partCheck('registry', registryUrl, withinMs.registry, () => examineRegistry(registryUrl, registryFetch, targets, here)),
    partCheck('postgresql', 'the database of recon', withinMs.postgresql, async () => [
      ...(await examineDatabaseClock(database, here)),
      ...(await examineSchema(database, 'recon')),
    ]),
  ];
}
