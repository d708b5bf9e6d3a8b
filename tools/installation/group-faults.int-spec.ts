import { createRequire } from 'node:module';
import { consumerGroups, topicsToMake } from '@tributary/contracts';
import { startStack, uniqueName } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { GroupAdmin, TopicAdmin } from '@tributary/messaging';
import { fault, faultWithinMs } from './testing/doctor-run.js';
import type { Examination } from './testing/doctor-run.js';

/** The client library itself: a member that gets no further, and offsets that somebody sets, are nothing that services have. */
interface Member {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  subscribe(of: { topics: string[] }): Promise<void>;
  run(how: { autoCommit: false; eachMessage(): Promise<unknown> }): Promise<void>;
  on(event: 'consumer.group_join', listener: (event: object) => void): unknown;
}
interface Connected {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}
interface Client {
  consumer(of: { groupId: string }): Member;
  producer(): Connected & { send(batch: { topic: string; messages: { value: string }[] }): Promise<unknown> };
  admin(): Connected & {
    fetchTopicOffsets(topic: string): Promise<{ partition: number; high: string }[]>;
    setOffsets(of: { groupId: string; topic: string; partitions: { partition: number; offset: string }[] }): Promise<void>;
  };
}
const { Kafka } = createRequire(import.meta.url)('kafkajs') as {
  Kafka: new (of: { clientId: string; brokers: string[]; logLevel: 0 }) => Client;
};
const target = uniqueName('target');
const wanted = topicsToMake({ targets: [target] });
const group = consumerGroups({ targets: [target] }).find(({ name }) => name.includes(target));
const [read = ''] = group?.topics ?? [];
let stack: Stack;
let kafka: Client;
let member: Member | undefined;
beforeAll(async () => {
  stack = await startStack({ kafka: true, brokers: 3, own: true });
  kafka = new Kafka({ clientId: 'test', brokers: stack.brokers, logLevel: 0 });
  await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'test' }, wanted);
}, 180_000);
afterAll(async () => {
  await member?.disconnect();
  await stack?.stop();
});

const whole = (): Examination => ({
  args: ['--target', target],
  env: { KAFKA_BROKERS: stack.brokers.join(','), SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1' },
  limits: { registry: 200 },
});

/** Somebody is in the group, and gets no further. */
async function join(): Promise<void> {
  member = kafka.consumer({ groupId: group?.name ?? '' });
  await member.connect();
  await member.subscribe({ topics: [read] });
  const joined = new Promise((resolve) => member?.on('consumer.group_join', resolve));
  await member.run({ autoCommit: false, eachMessage: () => new Promise((resolve) => setTimeout(resolve, 1_000)) });
  await joined;
}

it(
  'says that nobody is in a group',
  async () => {
    await fault('group.idle', group?.name ?? '', whole(), whole(), { make: async () => undefined, undo: join });
  },
  faultWithinMs,
);

it(
  'says that a group is behind',
  async () => {
    const producer = kafka.producer();
    await producer.connect();
    for (let batch = 0; batch < 11; batch += 1)
      await producer.send({ topic: read, messages: Array.from({ length: 1_000 }, () => ({ value: 'x' })) });
    await producer.disconnect();
    const caughtUp = async (): Promise<void> => {
      await member?.disconnect();
      member = undefined;
      const admin = kafka.admin();
      await admin.connect();
      const ends = await admin.fetchTopicOffsets(read);
      await admin.setOffsets({
        groupId: group?.name ?? '',
        topic: read,
        partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
      });
      await admin.disconnect();
      await join();
    };
    const { text } = await fault('group.behind', group?.name ?? '', whole(), whole(), { make: async () => undefined, undo: caughtUp });
    expect(text).toBe('It is 11000 messages behind.');
    expect(await GroupAdmin.lag({ brokers: stack.brokers, clientId: 'test' }, group?.name ?? '', [read])).toBe(0n);
  },
  faultWithinMs,
);

it(
  'says that a topic has one replica where it could have three',
  async () => {
    const other = uniqueName('target');
    const single = topicsToMake({ targets: [other] }).filter(({ name }) => name.includes(other));
    await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'test' }, single, 1);
    const { text } = await fault('topic.few-replicas', single[0]?.name ?? '', { ...whole(), args: ['--target', other] }, whole());
    expect(text).toBe('It has 1 replicas on 3 brokers.');
  },
  faultWithinMs,
);
