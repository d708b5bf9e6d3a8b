import { randomUUID } from 'node:crypto';
import { kafkaClient, libraryRetry, metadataMaxAgeMs } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';
import { SpanReader } from './span-reader.js';
import type { TopicReaderOptions, TopicSpan } from './span-reader.js';
import { withAdmin } from './topic-admin.js';

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
 * Reads spans of topics once, beginning to end, beside whatever groups read them: to rebuild state, never to process messages.
 * Commits nothing; its group is deleted afterwards.
 * @throws what `onBatch` throws; an Error when the brokers send nothing for `stalledAfterMs`.
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
    await new SpanReader(consumer, options, open).run();
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await withAdmin(options, (admin) => admin.deleteGroups([groupId])).catch(() => undefined); // it expires by itself
  }
}
