import { startStack, uniqueName } from '@tributary/proof/support';
import { describeTransport } from '../conformance/describe-transport.js';
import type { IncomingMessage } from '../envelope.js';
import { InMemorySchemaIds, WireCodec } from '../wire-codec.js';
import { kafkaClient } from './kafka-client.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaTransport } from './kafka-transport.js';
import { TopicAdmin, withAdmin } from './topic-admin.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let publisher: KafkaPublisher;
const codec = new WireCodec(new InMemorySchemaIds());
const connection = () => ({ brokers: stack.brokers, clientId: 'transport-test' });

beforeAll(async () => {
  stack = await startStack({ kafka: true });
  publisher = new KafkaPublisher({ ...connection(), codec });
  await publisher.connect();
}, 120_000);
afterAll(async () => {
  await publisher?.drain(5_000);
  await publisher?.close();
  await stack?.stop();
});

/** Every record of a topic, read by a group of its own up to the end it has now. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<IncomingMessage[]> {
  const ends = await withAdmin({ brokers, clientId: 'reader' }, (admin) => admin.fetchTopicOffsets(topic));
  const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  if (wanted === 0) return [];
  const consumer = kafkaClient({ brokers, clientId: 'reader' }).consumer({ groupId: uniqueName('reader'), maxWaitTimeInMs: 100 });
  const records: IncomingMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ partition, message }) => {
        records.push({
          topic,
          partition,
          offset: BigInt(message.offset),
          key: message.key,
          value: message.value,
          headers: message.headers ?? {},
          timestamp: Number(message.timestamp),
        });
        if (records.length === wanted) resolve();
      },
    });
  });
  await consumer.disconnect();
  return records.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}

describeTransport('Kafka', () => ({
  unique: (prefix) => uniqueName(prefix),
  createTopic: async (name, partitions) => void (await TopicAdmin.ensureTopics(connection(), [{ name, partitions }])),
  transport: (options) => new KafkaTransport({ ...connection(), ...options, codec, publisher, stopGraceMs: 2_000 }),
  publisher: () => publisher,
  read: (topic) => readTopic(stack.brokers, topic),
  committed: async (groupId, topic) => {
    const offsets = await withAdmin(connection(), (admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
    return new Map(
      offsets.flatMap(({ partitions }) =>
        partitions.filter(({ offset }) => Number(offset) > 0).map(({ partition, offset }) => [partition, BigInt(offset)] as const),
      ),
    );
  },
}));
