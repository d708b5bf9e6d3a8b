import { randomBytes } from 'node:crypto';
import { events, headers } from '@tributary/contracts';
import { startStack, uniqueName } from '@tributary/local-stack';
import kafkajs from 'kafkajs';
import { eventually } from '../../src/conformance/eventually.js';
import { aMessage, codec, committedSum, CountedMetrics, member, sleep } from './fault-harness.js';
import { KafkaPublisher } from '../../src/kafka/kafka-publisher.js';
import type { KafkaTransport } from '../../src/kafka/kafka-transport.js';
import { readSpans, spansOf } from '../../src/kafka/topic-reader.js';
import { withAdmin } from '../../src/kafka/topic-admin.js';

const patienceMs = 90_000;
/** Compacted as soon as may be: every segment is closed at once, and the cleaner comes five times a second. */
const compacted = {
  'cleanup.policy': 'compact',
  'segment.ms': '100',
  'min.cleanable.dirty.ratio': '0.01',
  'max.compaction.lag.ms': '100',
  'delete.retention.ms': '100',
};
const segmentMs = 250;

/** docs/reference/kafkajs.md, section 13, case 13 (and 5.3, 5.4): offsets that hold nothing. */
describe('logs with holes', () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let members: KafkaTransport[];
  let metrics: CountedMetrics;
  const connection = () => ({ brokers: stack.brokers, clientId: 'holes' });

  beforeAll(async () => {
    stack = await startStack({ kafka: true, own: true, brokerConfig: { 'log.cleaner.backoff.ms': '200' } });
  }, 120_000);
  afterAll(() => stack?.stop());
  beforeEach(() => {
    members = [];
    metrics = new CountedMetrics();
  });
  afterEach(async () => {
    await Promise.all(members.map((each) => each.close()));
  });

  /** Everything that is handled by a new group, and the group's name. */
  function consume(topic: string, publisher: KafkaPublisher): { group: string; done: string[] } {
    const group = uniqueName('group');
    const done: string[] = [];
    members.push(
      member({ brokers: stack.brokers, publisher, groupId: group, topics: [topic], metrics }, (text, { offset }) => {
        done.push(`${offset}:${text.slice(0, 8)}`);
      }),
    );
    return { group, done };
  }
  async function withPublisher(act: (publisher: KafkaPublisher) => Promise<void>): Promise<void> {
    const publisher = new KafkaPublisher({ ...connection(), codec });
    await publisher.connect();
    try {
      await act(publisher);
    } finally {
      await Promise.all(members.splice(0).map((each) => each.close()));
      await publisher.close();
    }
  }
  /** Offsets that still have a record. */
  async function present(topic: string): Promise<bigint[]> {
    const offsets: bigint[] = [];
    await readSpans({
      ...connection(),
      spans: await spansOf(connection(), [topic]),
      onBatch: async (_topic, _partition, messages) => void offsets.push(...messages.map(({ offset }) => offset)),
    });
    return offsets;
  }
  async function endOf(topic: string): Promise<number> {
    const [end] = await withAdmin(connection(), (admin) => admin.fetchTopicOffsets(topic));
    return Number(end?.high);
  }
  async function aborted(topic: string, count: number): Promise<void> {
    const client = new kafkajs.Kafka({ ...connection(), logLevel: kafkajs.logLevel.NOTHING });
    const producer = client.producer({ transactionalId: uniqueName('tx'), idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (let n = 0; n < count; n += 1) {
      const transaction = await producer.transaction();
      await transaction.send({
        topic,
        messages: [{ key: 'a', value: 'never', headers: { [headers.type]: events.stripeEventReceived.type } }],
      });
      await transaction.abort();
    }
    await producer.disconnect();
  }

  /** One message of another publisher, which knows no limit of ours. */
  async function unchecked(topic: string, key: string, value: string): Promise<void> {
    const client = new kafkajs.Kafka({ ...connection(), logLevel: kafkajs.logLevel.NOTHING });
    const producer = client.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    await producer.send({ topic, messages: [{ key, value, headers: { [headers.type]: events.stripeEventReceived.type } }] });
    await producer.disconnect();
  }

  it('case 13: a log of nothing but aborted messages and control records: nothing is handled, and the lag reaches zero', () =>
    withPublisher(async (publisher) => {
      const topic = uniqueName('aborted-only');
      await stack.createTopics([topic], 1);
      await aborted(topic, 3);
      const { group, done } = consume(topic, publisher);
      await eventually(async () => expect(await committedSum(stack.brokers, group, topic)).toBe(6), patienceMs);
      expect(done).toEqual([]);
    }));

  it('case 13: control records between messages move neither the order nor the commit of what is unfinished', () =>
    withPublisher(async (publisher) => {
      const topic = uniqueName('between');
      await stack.createTopics([topic], 1);
      await publisher.publish([aMessage(topic, 'a', '1')]);
      await aborted(topic, 1); // offsets 1 and 2
      await publisher.publish([aMessage(topic, 'b', '2')]);
      await aborted(topic, 1); // offsets 4 and 5
      const group = uniqueName('group');
      const open = new Map<string, () => void>();
      members.push(
        member(
          { brokers: stack.brokers, publisher, groupId: group, topics: [topic] },
          (text) => new Promise<void>((resolve) => open.set(text, resolve)),
        ),
      );
      await eventually(() => expect([...open.keys()]).toEqual(['1', '2']));
      open.get('2')?.();
      await sleep(1_500);
      expect(await committedSum(stack.brokers, group, topic)).toBe(0); // 1 is open
      open.get('1')?.();
      await eventually(async () => expect(await committedSum(stack.brokers, group, topic)).toBe(6), patienceMs);
    }));

  it(
    'case 13: a compacted log with holes at its beginning, in its middle and at its end: all that is left is handled once, lag zero',
    () =>
      withPublisher(async (publisher) => {
        const topic = uniqueName('compacted');
        await stack.createTopics([topic], 1, compacted);
        for (const text of ['1', '2', '3']) {
          for (const key of ['a', 'b', 'c']) await publisher.publish([aMessage(topic, key, text)]);
          await sleep(segmentMs);
        }
        await publisher.publish([aMessage(topic, 'a', '4')]);
        await aborted(topic, 1); // the end is a control record
        await sleep(segmentMs);
        await aborted(topic, 1);
        await eventually(async () => expect((await present(topic)).slice(0, 3)).toEqual([7n, 8n, 9n]), patienceMs);
        const { group, done } = consume(topic, publisher);
        const end = await endOf(topic);
        await eventually(async () => expect(await committedSum(stack.brokers, group, topic)).toBe(end), patienceMs);
        expect(done).toEqual(['7:3', '8:3', '9:4']);
      }),
    150_000,
  );

  it('case 13: an empty batch of a compacted log before a large one does not stop the reading', async () => {
    const topic = uniqueName('empty-before-large');
    await stack.createTopics([topic], 1, { ...compacted, 'max.message.bytes': '4194304' });
    const large = randomBytes(1_500_000).toString('hex'); // more than a fetch asks for in one partition, so alone it comes and behind others it does not
    // A producer of its own: the cleaner keeps its last batch, emptied.
    await withPublisher((publisher) => publisher.publish([aMessage(topic, 'a', 'small')]));
    await sleep(segmentMs);
    await unchecked(topic, 'a', large);
    await withPublisher(async (publisher) => {
      for (const text of ['1', '2', '3']) {
        await sleep(segmentMs);
        await publisher.publish([aMessage(topic, 'z', text)]);
      }
      await eventually(async () => expect((await present(topic))[0]).toBe(1n), patienceMs);
      const { group, done } = consume(topic, publisher);
      await eventually(async () => expect(await committedSum(stack.brokers, group, topic)).toBe(5), patienceMs);
      expect(done[0]).toBe(`1:${large.slice(0, 8)}`);
      expect(done.at(-1)).toBe('4:3');
      expect(metrics.counts.get('watchdog_actions_total')).toBeUndefined();
    });
  }, 150_000);

  it('case 13: a group that stands at an offset which is gone goes on at what is left, and says nothing twice', () =>
    withPublisher(async (publisher) => {
      const topic = uniqueName('shortened');
      await stack.createTopics([topic], 1);
      const first = consume(topic, publisher);
      await publisher.publish([aMessage(topic, 'a', '0')]);
      await eventually(async () => expect(await committedSum(stack.brokers, first.group, topic)).toBe(1), patienceMs);
      await Promise.all(members.splice(0).map((each) => each.close()));
      await publisher.publish(['1', '2', '3', '4'].map((text) => aMessage(topic, 'a', text)));
      await withAdmin(connection(), async (admin) => {
        await admin.fetchTopicOffsets(topic); // the client asks for the leader of no topic that it has not heard of
        await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '3' }] });
      });
      const done: string[] = [];
      members.push(member({ brokers: stack.brokers, publisher, groupId: first.group, topics: [topic] }, (text) => void done.push(text)));
      await eventually(async () => expect(await committedSum(stack.brokers, first.group, topic)).toBe(5), patienceMs);
      expect(done).toEqual(['3', '4']);
    }));
});
