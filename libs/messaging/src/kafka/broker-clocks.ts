import { randomUUID } from 'node:crypto';
import type { Admin, Producer } from 'kafkajs';
import { kafkaClient, libraryRetry } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';
import { withAdmin } from './topic-admin.js';

/** The clock of one broker. */
export interface BrokerClock {
  /** Its node id. */
  readonly broker: number;
  /** Its time less ours, ms; as exact as half of the time that a record takes. */
  readonly offMs: number;
}

/** A topic whose records have the time of the broker that stores them (`log_append_time` of the answer to Produce). */
const config = { 'message.timestamp.type': 'LogAppendTime', 'retention.ms': '60000', 'min.insync.replicas': '1' };

/**
 * The clocks of the brokers. No answer of the protocol has them, so one record is written to a topic that is made for it and deleted again: a partition for each broker, led
 * by each of them.
 * @param now ms since 1970.
 * @throws what the client throws, for a missing right for example.
 */
export async function readBrokerClocks(connection: KafkaConnection, now: () => number): Promise<readonly BrokerClock[]> {
  return withAdmin(connection, async (admin) => {
    const topic = `tributary.clock.${randomUUID().slice(0, 8)}`;
    const { brokers } = await admin.describeCluster();
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic, numPartitions: brokers.length, replicationFactor: 1, configEntries }],
    });
    const producer = kafkaClient(connection).producer({ retry: { ...libraryRetry, retries: 5 } });
    try {
      await producer.connect();
      return await clocksIn(topic, { admin, producer, now });
    } finally {
      await producer.disconnect();
      await admin.deleteTopics({ topics: [topic] });
    }
  });
}

async function clocksIn(
  topic: string,
  { admin, producer, now }: { readonly admin: Admin; readonly producer: Producer; readonly now: () => number },
): Promise<BrokerClock[]> {
  const [described] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics;
  const clocks = new Map<number, BrokerClock>();
  for (const { partitionId, leader } of described?.partitions ?? []) {
    const before = now();
    const [answer] = await producer.send({ topic, messages: [{ partition: partitionId, value: 'what time is it?' }] });
    const told = Number(answer?.logAppendTime ?? -1);
    if (told > 0) clocks.set(leader, { broker: leader, offMs: told - (before + now()) / 2 });
  }
  return [...clocks.values()].sort((a, b) => a.broker - b.broker);
}
