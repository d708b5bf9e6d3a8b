import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { typeOf } from './client-errors.js';
import { kafkaClient, libraryRetry } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';

/** A topic as it should be (libs/contracts has the catalogue). */
export interface TopicSpecification {
  readonly name: string;
  readonly partitions: number;
  readonly config?: Readonly<Record<string, string>>;
}

/** A topic as the brokers have it; `replicas` of the partition that has the fewest. */
export interface DescribedTopic {
  readonly partitions: number;
  readonly replicas: number;
  /** Undefined where the client may not read it (DescribeConfigs). */
  readonly config: Readonly<Record<string, string>> | undefined;
}

/** Names of the topics that were created and of those that existed. */
export interface EnsuredTopics {
  readonly created: readonly string[];
  readonly existing: readonly string[];
}

/** Longest wait for new topics to have leaders, and the polling interval, milliseconds. */
const leadersWithinMs = 120_000;
const leaderPollMs = 100;
const notYet = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/** Few enough that a small broker answers in time. */
const topicsAtOnce = 20;
const createWithinMs = 30_000;

/** Number of topics among the resources of Kafka's protocol. */
const topicResource = 2;

/** Creates and describes topics. */
export const TopicAdmin = {
  /**
   * Creates missing topics and leaves the others alone: partitions of an existing topic are never changed, because that would move keys.
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
      for (let start = 0; start < missing.length; start += topicsAtOnce) {
        const topics = missing.slice(start, start + topicsAtOnce).map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: factor,
          configEntries: Object.entries(config ?? {}).map(([key, value]) => ({ name: key, value })),
        }));
        await admin.createTopics({ waitForLeaders: false, timeout: createWithinMs, topics }).catch(refused);
      }
      if (missing.length > 0) {
        await untilLed(
          admin,
          missing.map(({ name }) => name),
        );
      }
      return {
        created: missing.map(({ name }) => name),
        existing: wanted.filter(({ name }) => existing.has(name)).map(({ name }) => name),
      };
    });
  },

  /** Names of all topics that the client may know. */
  async names(connection: KafkaConnection): Promise<readonly string[]> {
    return withAdmin(connection, (admin) => admin.listTopics());
  },

  /** Those of these topics that are there, and how many brokers there are. */
  async describe(
    connection: KafkaConnection,
    names: readonly string[],
  ): Promise<{ readonly topics: ReadonlyMap<string, DescribedTopic>; readonly brokers: number }> {
    return withAdmin(connection, async (admin) => {
      const known = new Set(await admin.listTopics());
      const asked = names.filter((name) => known.has(name));
      const described = asked.length === 0 ? [] : (await admin.fetchTopicMetadata({ topics: asked })).topics;
      const configs = new Map<string, Readonly<Record<string, string>>>();
      for (let start = 0; start < asked.length; start += topicsAtOnce) {
        const resources = asked.slice(start, start + topicsAtOnce).map((name) => ({ type: topicResource, name }));
        const answer = await admin.describeConfigs({ includeSynonyms: false, resources }).catch(withoutRight);
        for (const { resourceName, configEntries } of answer.resources)
          configs.set(resourceName, Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])));
      }
      const topics = described.map(({ name, partitions }): [string, DescribedTopic] => {
        const replicas = Math.min(...partitions.map((partition) => partition.replicas.length));
        return [name, { partitions: partitions.length, replicas, config: configs.get(name) }];
      });
      return { topics: new Map(topics), brokers: (await admin.describeCluster()).brokers.length };
    });
  },
} as const;

/** Runs work with an admin client, which is connected before and disconnected after it. */
export async function withAdmin<T>(connection: KafkaConnection, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(connection).admin({ retry: { ...libraryRetry, retries: 5 } });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** @throws with each topic that was not made and why; the client says no more than that there were errors. */
function refused(error: unknown): never {
  const { errors = [] } = error as { readonly errors?: readonly { readonly topic?: string; readonly message: string }[] };
  if (errors.length === 0) throw error;
  const reasons = errors.map(({ topic = '?', message }) => `${topic}: ${message}`);
  throw new Error(`making topics: ${reasons.join('; ')}`, { cause: error });
}

/** Nothing, where the client may not read configurations. @throws every other error. */
function withoutRight(error: unknown): { readonly resources: readonly never[] } {
  if (typeOf(error) === 'TOPIC_AUTHORIZATION_FAILED') return { resources: [] };
  throw error;
}

/** Waits until every partition of these topics has a leader, as the broker that is asked knows it. @throws after two minutes. */
async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  const deadline = Date.now() + leadersWithinMs;
  for (;;) {
    try {
      const { topics: known } = await admin.fetchTopicMetadata({ topics });
      if (known.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!isNotYet(error) || Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error(`making ${topics.length} topics: some have no leader after ${leadersWithinMs} ms`);
    await delay(leaderPollMs);
  }
}

/** Whether the broker, or the client after its own attempts, does not know the topic or its leader yet. */
function isNotYet(error: unknown): boolean {
  const { type, cause } = error as { readonly type?: unknown; readonly cause?: { readonly type?: unknown } };
  return notYet.has(String(type ?? cause?.type));
}
