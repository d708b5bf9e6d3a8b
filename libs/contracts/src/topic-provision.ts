import { maxMessageBytes as largestMessageBytes, topicCatalogue } from './topic-catalogue.js';
import { topics } from './topics.js';

/** A consumer group and the topics it reads. */
export interface ConsumerGroup {
  readonly name: string;
  readonly topics: readonly string[];
  /** Whether its failed messages are retried later: then each of its topics has delay topics and a replay topic. */
  readonly ladder: boolean;
}

/** A topic as it is created on a broker. */
export interface TopicToMake {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** Dead letters wait for an operator, and are counted as long as facts are. */
const deadLetterRetentionMs = 400 * dayMs;
/** A dead letter is the original bytes with headers that say what went wrong. */
const deadLetterHeaderBytes = 256 * 1024;
/** Largest record of any topic: a dead letter of the largest record of the catalogue. */
export const largestRecordBytes = largestMessageBytes + deadLetterHeaderBytes;
/** Few, and read in the order in which they died. */
const deadLetterPartitions = 1;
/** Delays of the ladder, by the name of the rung; the names are parts of topic names. */
export const ladderRungs: Readonly<Record<string, number>> = {
  '5s': 5_000,
  '1m': 60_000,
  '10m': 600_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
};
/** Longer than any message stays on the ladder. */
const ladderRetentionMs = 30 * dayMs;

/** Every group of the walk, for a set of targets. erp-sink is one group per target, so a silent ERP holds back nobody else. */
export function consumerGroups(options: { readonly targets: readonly string[] }): readonly ConsumerGroup[] {
  return [
    { name: 'tributary-translate', topics: [topics.stripeEvents], ladder: true },
    { name: 'tributary-route', topics: [topics.party, topics.ar, topics.billing, topics.treasury, topics.risk, topics.erp], ladder: true },
    ...options.targets.map((target) => ({ name: `tributary-sink-${target}`, topics: [topics.postings(target)], ladder: true })),
    {
      name: 'tributary-recon',
      topics: [topics.stripeEvents, topics.pipeline, topics.ar, topics.erp, ...options.targets.map((target) => topics.postings(target))],
      ladder: false,
    },
  ];
}

/**
 * Every topic that has to be there before a service starts: the catalogue, a dead letter topic for each topic of each group, and for
 * groups with a ladder its delay topics and a replay topic, with as many partitions as the topic they belong to: partition 3 of all
 * of them is worked on by the member that has partition 3 of the topic.
 * Brokers make none by themselves (`auto.create.topics.enable=false`): a topic nobody declared is a mistake.
 */
export function topicsToMake(options: { readonly targets: readonly string[] }): readonly TopicToMake[] {
  const catalogue = topicCatalogue(options).map(({ name, partitions, cleanupPolicy, retentionMs, maxMessageBytes }) => ({
    name,
    partitions,
    config: {
      'cleanup.policy': cleanupPolicy,
      'retention.ms': String(retentionMs),
      'max.message.bytes': String(maxMessageBytes),
    },
  }));
  const deadLetters = consumerGroups(options).flatMap((group) =>
    group.topics.map((topic) => ({
      name: topics.deadLetters(topic, group.name),
      partitions: deadLetterPartitions,
      config: {
        'cleanup.policy': 'delete',
        'retention.ms': String(deadLetterRetentionMs),
        'max.message.bytes': String(largestRecordBytes),
      },
    })),
  );
  const partitionsOf = new Map(catalogue.map(({ name, partitions }) => [name, partitions]));
  const ladders = consumerGroups(options)
    .filter(({ ladder }) => ladder)
    .flatMap((group) =>
      group.topics.flatMap((topic) =>
        [...Object.keys(ladderRungs).map((rung) => topics.retry(topic, group.name, rung)), topics.replay(topic, group.name)].map(
          (name) => ({
            name,
            partitions: partitionsOf.get(topic) ?? 1,
            config: {
              'cleanup.policy': 'delete',
              'retention.ms': String(ladderRetentionMs),
              'max.message.bytes': String(largestRecordBytes),
            },
          }),
        ),
      ),
    );
  return [...catalogue, ...deadLetters, ...ladders];
}
