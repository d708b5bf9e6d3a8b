import type { Admin } from 'kafkajs';
import { kafkaClient, libraryRetry } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';

/** A topic as it should be (libs/contracts has the catalogue). */
export interface TopicSpecification {
  readonly name: string;
  readonly partitions: number;
  readonly config?: Readonly<Record<string, string>>;
}

export interface EnsuredTopics {
  readonly created: readonly string[];
  readonly existing: readonly string[];
}

/** Makes topics be there. */
export const TopicAdmin = {
  /**
   * Creates what is missing and leaves the rest alone: partitions of an existing topic are never changed, because that would move keys.
   * @param replicationFactor default: 3 where there are three brokers, else as many as there are.
   */
  async ensureTopics(
    connection: KafkaConnection,
    wanted: readonly TopicSpecification[],
    replicationFactor?: number,
  ): Promise<EnsuredTopics> {
    return withAdmin(connection, async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = wanted.filter(({ name }) => !existing.has(name));
      const factor = replicationFactor ?? Math.min(3, (await admin.describeCluster()).brokers.length);
      if (missing.length > 0) {
        await admin.createTopics({
          waitForLeaders: true,
          timeout: 30_000,
          topics: missing.map(({ name, partitions, config }) => ({
            topic: name,
            numPartitions: partitions,
            replicationFactor: factor,
            configEntries: Object.entries(config ?? {}).map(([key, value]) => ({ name: key, value })),
          })),
        });
      }
      return {
        created: missing.map(({ name }) => name),
        existing: wanted.filter(({ name }) => existing.has(name)).map(({ name }) => name),
      };
    });
  },
} as const;

export async function withAdmin<T>(connection: KafkaConnection, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(connection).admin({ retry: { ...libraryRetry, retries: 5 } });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
