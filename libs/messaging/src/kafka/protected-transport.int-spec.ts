import { uniqueName } from '@tributary/local-stack';
import { kafkaConnectionOf } from '@tributary/platform';
import { describeTransport } from '../conformance/describe-transport.js';
import { InMemorySchemaIds } from '../schema-ids.js';
import { WireCodec } from '../wire-codec.js';
import { committedOffsets, readTopic } from '../../test/faults/fault-harness.js';
import { pem, ProtectedBroker } from '../../test/protected-broker.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaTransport } from './kafka-transport.js';
import { TopicAdmin } from './topic-admin.js';

/** The behaviour that every transport has to show, over TLS with a server that is verified, signed in by SCRAM. */
const kafka = new ProtectedBroker();
const codec = new WireCodec(new InMemorySchemaIds());
const connection = () =>
  kafkaConnectionOf(
    {
      KAFKA_BROKERS: kafka.scram,
      KAFKA_TLS: true,
      KAFKA_CA_FILE: pem('ca.pem'),
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_USERNAME: 'recon',
      KAFKA_PASSWORD: 'first',
    },
    'protected-transport-test',
    () => undefined,
  );
let publisher: KafkaPublisher;

beforeAll(async () => {
  await kafka.start();
  await kafka.setPassword('recon', 'first');
  publisher = new KafkaPublisher({ ...connection(), codec });
  await publisher.connect();
}, 180_000);
afterAll(async () => {
  await publisher?.drain(5_000);
  await publisher?.close();
  await kafka.stop();
});

describeTransport('Kafka over TLS and SCRAM', () => ({
  unique: (prefix) => uniqueName(prefix),
  createTopic: async (name, partitions) => void (await TopicAdmin.ensureTopics(connection(), [{ name, partitions }])),
  transport: (options) => new KafkaTransport({ ...connection(), ...options, codec, publisher, stopGraceMs: 2_000 }),
  publisher: () => publisher,
  // What the test looks up beside its subject goes over the listener that asks for nothing.
  read: (topic) => readTopic([kafka.plain], topic),
  committed: (groupId, topic) => committedOffsets([kafka.plain], groupId, topic),
}));
