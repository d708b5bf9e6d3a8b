import { startStack, uniqueName } from '@tributary/proof/support';
import { eventually } from '../conformance/describe-transport.js';
import { aMessage, codec, committedSum, Load, member, sleep, sorted } from './fault-harness.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { withAdmin } from './topic-admin.js';

const patienceMs = 90_000;

/** docs/reference/kafkajs.md, section 13: brokers that die, freeze and are rolled, under load, with three copies and two in sync. */
describe('a cluster under faults', () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let publisher: KafkaPublisher;
  let load: Load;
  const rejections: unknown[] = [];
  const remember = (reason: unknown): void => void rejections.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', remember);
    stack = await startStack({ kafka: true, own: true, brokers: 3 });
    publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'broker-faults', codec, unhealthyAfterMs: 5_000 });
    await publisher.connect();
  }, 180_000);
  afterAll(async () => {
    process.off('unhandledRejection', remember);
    await publisher?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    const topic = uniqueName('faults');
    await stack.createTopics([topic], 6);
    load = new Load(publisher, topic);
    load.start(20);
    await eventually(() => expect(load.acknowledgedCount).toBeGreaterThan(50));
  }, 60_000);
  afterEach(async () => {
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(sorted(await load.inLog(stack.brokers))).toEqual(sorted(load.expected)); // nothing lost, nothing twice, in order
    expect(rejections).toEqual([]);
  }, 120_000);

  async function leaderOf(topic: string): Promise<number> {
    const { topics } = await withAdmin({ brokers: stack.brokers, clientId: 'asking' }, (admin) =>
      admin.fetchTopicMetadata({ topics: [topic] }),
    );
    const leader = topics[0]?.partitions[0]?.leader;
    const { brokers } = await withAdmin({ brokers: stack.brokers, clientId: 'asking' }, (admin) => admin.describeCluster());
    const address = brokers.find(({ nodeId }) => nodeId === leader);
    return stack.nodes.findIndex((node) => node.address.endsWith(`:${address?.port}`));
  }
  async function goesOn(more = 200): Promise<void> {
    const before = load.acknowledgedCount;
    await eventually(() => expect(load.acknowledgedCount).toBeGreaterThan(before + more), patienceMs);
  }

  it('cases 2, 3: a leader is killed under load while a follower is frozen', async () => {
    const leader = await leaderOf(load.topic);
    const follower = (leader + 1) % 3;
    await stack.nodes[follower]?.sigstop();
    await sleep(1_500);
    await stack.nodes[leader]?.kill9();
    await stack.nodes[follower]?.sigcont();
    await goesOn();
    await stack.nodes[leader]?.start();
  }, 150_000);

  it('case 2: all brokers are killed; health says so, and is well again when they are back', async () => {
    await Promise.all(stack.nodes.map((node) => node.kill9()));
    await eventually(() => expect(publisher.health()).toMatch(/Kafka/), patienceMs);
    await Promise.all(stack.nodes.map((node) => node.start()));
    await goesOn();
    await eventually(() => expect(publisher.health()).toBeUndefined(), patienceMs);
  }, 240_000);

  it('case 15: brokers are rolled by SIGTERM: every message is handled, in order, and committed', async () => {
    const seen = new Map<string, number[]>();
    const group = uniqueName('group');
    const consumer = member({ brokers: stack.brokers, publisher, groupId: group, topics: [load.topic] }, (text, { key }) => {
      const numbers = seen.get(key) ?? [];
      if (!numbers.includes(Number(text))) seen.set(key, [...numbers, Number(text)]);
    });
    for (const node of stack.nodes) {
      await node.stop();
      await node.start();
      await goesOn(100);
    }
    await load.stop();
    await eventually(() => expect(sorted(seen)).toEqual(sorted(load.expected)), patienceMs);
    await eventually(async () => expect(await committedSum(stack.brokers, group, load.topic)).toBe(load.acknowledgedCount), patienceMs);
    await consumer.close();
  }, 240_000);
});

it('an idle publisher says that its broker is gone, and that it is back', async () => {
  const stack = await startStack({ kafka: true, own: true });
  const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'idle', codec, unhealthyAfterMs: 5_000 });
  try {
    await stack.createTopics(['idle'], 1);
    await publisher.connect();
    await publisher.publish([aMessage('idle', 'a', '1')]);
    await sleep(6_000);
    expect(publisher.health()).toBeUndefined(); // idle is no fault
    await stack.broker.kill9();
    await eventually(() => expect(publisher.health()).toMatch(/has answered nothing/));
    await stack.broker.start();
    await eventually(() => expect(publisher.health()).toBeUndefined());
    await stack.broker.sigstop();
    await eventually(() => expect(publisher.health()).toMatch(/has answered nothing/));
    await stack.broker.sigcont();
    await eventually(() => expect(publisher.health()).toBeUndefined());
  } finally {
    await publisher.close();
    await stack.stop();
  }
}, 150_000);
