import { startStack, uniqueName } from '@tributary/proof/support';
import { describeTransport } from '../conformance/describe-transport.js';
import { InMemorySchemaIds, WireCodec } from '../wire-codec.js';
import { committedOffsets, readTopic } from './fault-harness.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaTransport } from './kafka-transport.js';
import { TopicAdmin } from './topic-admin.js';

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

describeTransport('Kafka', () => ({
  unique: (prefix) => uniqueName(prefix),
  createTopic: async (name, partitions) => void (await TopicAdmin.ensureTopics(connection(), [{ name, partitions }])),
  transport: (options) => new KafkaTransport({ ...connection(), ...options, codec, publisher, stopGraceMs: 2_000 }),
  publisher: () => publisher,
  read: (topic) => readTopic(stack.brokers, topic),
  committed: (groupId, topic) => committedOffsets(stack.brokers, groupId, topic),
}));
