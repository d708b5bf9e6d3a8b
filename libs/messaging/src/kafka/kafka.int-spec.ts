import { startStack, uniqueName } from '@tributary/local-stack';
import { describeLadder } from '../conformance/describe-ladder.js';
import { describeTransport } from '../conformance/describe-transport.js';
import { postgresLot } from '../conformance/postgres-lot.js';
import { InMemorySchemaIds } from '../schema-ids.js';
import { WireCodec } from '../wire-codec.js';
import { committedOffsets, readTopic } from '../../test/faults/fault-harness.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaTransport } from './kafka-transport.js';
import { TopicAdmin } from './topic-admin.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let publisher: KafkaPublisher;
let postgres: Awaited<ReturnType<typeof postgresLot>>;
const codec = new WireCodec(new InMemorySchemaIds());
const connection = () => ({ brokers: stack.brokers, clientId: 'transport-test' });

beforeAll(async () => {
  stack = await startStack({ kafka: true, postgres: true });
  publisher = new KafkaPublisher({ ...connection(), codec });
  await publisher.connect();
  await TopicAdmin.ensureTopics(connection(), [{ name: 'pipeline.v1', partitions: 1 }]);
  postgres = await postgresLot(stack.databaseUrl);
}, 120_000);
afterAll(async () => {
  await publisher?.drain(5_000);
  await publisher?.close();
  await postgres?.close();
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

describeLadder('Kafka and PostgreSQL', () => ({
  unique: (prefix) => uniqueName(prefix),
  createTopic: async (name, partitions) => void (await TopicAdmin.ensureTopics(connection(), [{ name, partitions }])),
  transport: (options) => new KafkaTransport({ ...connection(), ...options, codec, publisher, stopGraceMs: 2_000 }),
  publisher: () => publisher,
  codec,
  read: (topic) => readTopic(stack.brokers, topic),
  pipeline: 'pipeline.v1',
  lot: () => postgres.lot,
}));
