import { randomUUID } from 'node:crypto';
import type { Consumer } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import { kafkaClient, libraryRetry, metadataMaxAgeMs } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';
import { withAdmin } from './topic-admin.js';

/** Where a partition is read to, and where from. */
export interface TopicSpan {
  readonly topic: string;
  readonly partition: number;
  /** First offset that is read. */
  readonly from: bigint;
  /** First offset that is not. */
  readonly to: bigint;
}

/** Options for reading topics without a consumer group. */
export interface TopicReaderOptions extends KafkaConnection {
  readonly spans: readonly TopicSpan[];
  /**
   * One batch of one partition, in order. Partitions are read side by side. `next` is where a later run may go on once this has returned;
   * `messages` may be empty where there is nothing but holes.
   */
  onBatch(topic: string, partition: number, messages: readonly IncomingMessage[], next: bigint): Promise<void>;
  readonly signal?: AbortSignal;
  /** No progress for so long ends the reading with an error, ms. */
  readonly stalledAfterMs?: number;
}

const defaultStalledAfterMs = 60_000;
const partitionsAtOnce = 6;

/** From the first retained record to the current end, for every partition of these topics. Topics that do not exist have no span. */
export async function spansOf(connection: KafkaConnection, topics: readonly string[]): Promise<TopicSpan[]> {
  return withAdmin(connection, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const spans: TopicSpan[] = [];
    for (const topic of topics) {
      if (!existing.has(topic)) continue;
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        spans.push({ topic, partition, from: BigInt(low), to: BigInt(high) });
    }
    return spans;
  });
}

/**
 * Reads spans of topics once, beginning to end, beside whatever groups read them: for rebuilding state, never for working on messages.
 * Commits nothing; its group is deleted afterwards.
 * @throws what `onBatch` throws; an Error when the broker gives nothing for `stalledAfterMs`.
 */
export async function readSpans(options: TopicReaderOptions): Promise<void> {
  const open = new Map(options.spans.filter(({ from, to }) => from < to).map((span) => [`${span.topic}/${span.partition}`, { ...span }]));
  if (open.size === 0) return;
  const groupId = `tributary-reader-${randomUUID()}`;
  const consumer = kafkaClient(options).consumer({
    groupId,
    metadataMaxAge: metadataMaxAgeMs,
    maxWaitTimeInMs: 200,
    maxBytes: 10_485_760,
    // At least twice the largest message: docs/reference/kafkajs.md section 5.4.
    maxBytesPerPartition: 4_194_304,
    allowAutoTopicCreation: false,
    retry: { ...libraryRetry, retries: 8, restartOnFailure: async () => true },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set([...open.values()].map(({ topic }) => topic))], fromBeginning: true });
    await run(consumer, options, open);
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await withAdmin(options, (admin) => admin.deleteGroups([groupId])).catch(() => undefined); // it expires by itself
  }
}

async function run(consumer: Consumer, options: TopicReaderOptions, open: Map<string, TopicSpan & { from: bigint }>): Promise<void> {
  let progressAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const limitMs = options.stalledAfterMs ?? defaultStalledAfterMs;
  try {
    await new Promise<void>((resolve, reject) => {
      const reached = (topic: string, partition: number, next: bigint): void => {
        progressAt = Date.now();
        const key = `${topic}/${partition}`;
        const span = open.get(key);
        if (!span) return;
        if (next >= span.to) open.delete(key);
        else open.set(key, { ...span, from: next });
        if (open.size === 0) resolve();
      };
      timer = setInterval(() => {
        if (options.signal?.aborted) reject(options.signal.reason as Error);
        else if (Date.now() - progressAt > limitMs)
          reject(new Error(`reading ${[...open.keys()].join(', ')}: the brokers gave nothing for ${limitMs} ms`));
      }, 250);
      // Holes only (compaction, markers) never reach eachBatch: section 5.3.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
        if (payload.batchSize > 0) return;
        const next = BigInt(payload.lastOffset) + 1n;
        if (!open.has(`${payload.topic}/${payload.partition}`)) return;
        options.onBatch(payload.topic, payload.partition, [], next).then(() => reached(payload.topic, payload.partition, next), reject);
      });
      consumer
        .run({
          autoCommit: false,
          partitionsConsumedConcurrently: partitionsAtOnce,
          eachBatch: async ({ batch, heartbeat }) => {
            const span = open.get(`${batch.topic}/${batch.partition}`);
            if (!span) {
              consumer.pause([{ topic: batch.topic, partitions: [batch.partition] }]);
              return;
            }
            const next = BigInt(batch.lastOffset()) + 1n;
            const messages = batch.messages.flatMap(({ offset, key, value, headers, timestamp }): IncomingMessage[] => {
              const at = BigInt(offset);
              if (at < span.from || at >= span.to) return [];
              return [
                {
                  topic: batch.topic,
                  partition: batch.partition,
                  offset: at,
                  key,
                  value,
                  headers: headers ?? {},
                  timestamp: Number(timestamp),
                },
              ];
            });
            try {
              await options.onBatch(batch.topic, batch.partition, messages, next < span.to ? next : span.to);
            } catch (error) {
              reject(error as Error);
              throw error;
            }
            reached(batch.topic, batch.partition, next);
            await heartbeat();
          },
        })
        .catch(reject);
      for (const { topic, partition, from } of open.values()) consumer.seek({ topic, partition, offset: from.toString() });
    });
  } finally {
    clearInterval(timer);
  }
}
