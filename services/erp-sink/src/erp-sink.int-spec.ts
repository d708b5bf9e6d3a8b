import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { headers, events, topics } from '@tributary/contracts';
import type { PostingConcluded } from '@tributary/contracts';
import { InMemorySchemaIds, KafkaPublisher, KafkaTransport, outgoing, WireCodec } from '@tributary/messaging';
import type { Outgoing, Publisher, RawRecord } from '@tributary/messaging';
import { connectAndMigrate } from '@tributary/persistence';
import { startStack, uniqueName } from '@tributary/local-stack';
import { Sweeper } from './accept/sweeper.js';
import { loadErpSinkConfig } from './erp-sink.config.js';
import { ErpSinkModule, ledgerDatabase } from './erp-sink.module.js';
import { FakeErp, seeded } from './testing/fake-erp.js';
import { Published } from './testing/harness.js';
import { aReceipt, asked } from './testing/makers.js';

const target = 'fake-main';
const requests = 300;

/** Publishes to Kafka, and keeps what it published. */
class Witness implements Publisher {
  readonly seen = new Published();
  readonly deadLetters: RawRecord[] = [];
  constructor(private readonly kafka: KafkaPublisher) {}
  async publish(messages: readonly Outgoing[]): Promise<void> {
    await this.kafka.publish(messages);
    await this.seen.publish(messages);
  }
  async publishRaw(records: readonly RawRecord[]): Promise<void> {
    await this.kafka.publishRaw(records);
    this.deadLetters.push(...records);
  }
}

it('makes exactly one document of each of 300 requests that come three times from Kafka, with a target that loses and refuses', async () => {
  const topic = topics.postings(target);
  const groupId = uniqueName('tributary-sink');
  const deadLetters = topics.deadLetters(topic, groupId);
  const stack = await startStack({ kafka: true, postgres: true });
  await stack.createTopics([topic, deadLetters, topics.erp, topics.xrefDocument, topics.xrefCustomer], 3);
  const codec = new WireCodec(new InMemorySchemaIds());
  const kafka = new KafkaPublisher({ brokers: stack.brokers, clientId: 'erp-sink', codec });
  await kafka.connect();
  const witness = new Witness(kafka);
  const erp = new FakeErp(seeded(3));
  erp.faults = { loses: 0.2, refuses: 0.2, commitsAfterMs: 20 };
  erp.answers.set(
    `${target}/cash-receipt/ch_7`,
    [1, 2, 3].map(() => ({ kind: 'rejected', code: 'fake.period', text: 'period is closed' })),
  );
  const config = loadErpSinkConfig({
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: 'http://none.invalid',
    DATABASE_URL: stack.databaseUrl,
    ERP_TARGET: target,
    ERP_SETTLE_MS: '30',
    ERP_PARK_MS: '20',
    BATCH_IDLE_MS: '300',
    SWEEP_INTERVAL_MS: '100',
  });
  const database = ledgerDatabase(stack.databaseUrl);
  await connectAndMigrate(database);
  const transport = new KafkaTransport({
    brokers: stack.brokers,
    clientId: 'erp-sink',
    groupId,
    topics: [topic],
    codec,
    publisher: witness,
    policy: { delaysMs: [5], maxAttempts: 100, maxAgeMs: 60_000, pauseDelaysMs: [5] },
  });
  const app = await NestFactory.create(
    ErpSinkModule.for({ config, database, connector: erp, publisher: witness, codec, groupId }),
    new FastifyAdapter(),
    {
      logger: false,
    },
  );
  app.connectMicroservice({ strategy: transport }, { inheritAppConfig: true });
  try {
    await app.init();
    app.get(Sweeper).start();
    await app.startAllMicroservices();

    const random = seeded(11);
    const once = Array.from({ length: requests }, (_, n) => aReceipt(`ch_${n}`));
    const deliveries = [...once, ...once, ...once].map((value) => ({ value, at: random() })).sort((a, b) => a.at - b.at);
    await kafka.publish(
      deliveries.map(({ value }) =>
        outgoing({
          event: events.postingRequested,
          topic,
          key: value.sequence,
          id: asked(value).requestId,
          value,
          sequence: value.sequence,
        }),
      ),
    );
    const released = (): PostingConcluded[] => witness.seen.conclusions().filter(({ result }) => result === 'released');
    const until = Date.now() + 90_000;
    while ((released().length < requests - 1 || witness.deadLetters.length < 3) && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 100));

    expect(erp.documents).toHaveLength(requests - 1);
    expect(new Set(erp.documents.map(({ key }) => key)).size).toBe(requests - 1);
    expect(new Set(released().map(({ postingKey }) => postingKey)).size).toBe(requests - 1);
    // The rejected request: a dead letter for each of its three deliveries, with the original bytes and the text of the target.
    expect(witness.deadLetters.map((letter) => [letter.topic, String(letter.key), letter.headers[headers.errorCode]])).toEqual(
      [1, 2, 3].map(() => [deadLetters, 'ch_7', 'erp.fake.period']),
    );
    expect(String(witness.deadLetters[0]?.headers[headers.errorText])).toContain('period is closed');
  } finally {
    await app.close();
    await database.destroy();
    await kafka.close();
    await stack.stop();
  }
}, 180_000);
