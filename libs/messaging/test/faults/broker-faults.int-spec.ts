import { startStack, uniqueName } from '@tributary/local-stack';
import { eventually } from '../../src/conformance/eventually.js';
import { aMessage, codec, committedSum, Load, member, sleep, sorted } from './fault-harness.js';
import type { Handle } from './fault-harness.js';
import { KafkaPublisher } from '../../src/kafka/kafka-publisher.js';
import type { KafkaTransport, KafkaTransportOptions } from '../../src/kafka/kafka-transport.js';
import { withAdmin } from '../../src/kafka/topic-admin.js';

const patienceMs = 90_000;
/** Freezes of a minute and the like: TRIBUTARY_TESTS_SLOW=1. */
const slow = process.env['TRIBUTARY_TESTS_SLOW'] === '1' ? it : it.skip;
const freezeMs = 60_000;
const producesWithinMs = 35_000;
const consumesWithinMs = 40_000;

/** docs/reference/kafkajs.md, section 13: brokers that die, freeze and are rolled, under load, with three copies and two in sync. */
describe('a cluster under faults', () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let publisher: KafkaPublisher;
  let load: Load;
  const members: KafkaTransport[] = [];
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
    await Promise.all(members.splice(0).map((each) => each.close()));
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(sorted(await load.inLog(stack.brokers))).toEqual(sorted(load.expected)); // nothing lost, nothing twice, in order
    expect(rejections).toEqual([]);
  }, 120_000);

  /** Which of our nodes leads which partition. */
  async function leadersOf(topic: string): Promise<Map<number, number>> {
    return withAdmin({ brokers: stack.brokers, clientId: 'asking' }, async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const { brokers } = await admin.describeCluster();
      const nodeOf = (leader: number): number => {
        const port = brokers.find(({ nodeId }) => nodeId === leader)?.port;
        return stack.nodes.findIndex((node) => node.address.endsWith(`:${port}`));
      };
      return new Map(topics[0]?.partitions.map(({ partitionId, leader }) => [partitionId, nodeOf(leader)]));
    });
  }
  /** Which of our nodes leads the group: by the hash of its name, as brokers choose it (Java's String.hashCode). */
  async function coordinatorOf(group: string): Promise<number> {
    const partitions = await leadersOf('__consumer_offsets');
    const hash = [...group].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) | 0, 0);
    return partitions.get((hash & 0x7fff_ffff) % partitions.size) ?? -1;
  }
  function consume(options: Pick<KafkaTransportOptions, 'groupId' | 'log'>, handle: Handle): void {
    members.push(member({ brokers: stack.brokers, publisher, topics: [load.topic], ...options }, handle));
  }
  /** Ids of the members of a group. */
  async function membersOf(group: string): Promise<string[]> {
    const { groups } = await withAdmin({ brokers: stack.brokers, clientId: 'asking' }, (admin) => admin.describeGroups([group]));
    return groups.flatMap(({ members: those }) => those.map(({ memberId }) => memberId));
  }
  /** Every one of them grows by a good deal. */
  async function eachGoesOn<Name>(names: readonly Name[], countOf: (name: Name) => number, withinMs: number): Promise<void> {
    const before = new Map(names.map((name) => [name, countOf(name)]));
    const stuck = (): Name[] => names.filter((name) => countOf(name) < (before.get(name) ?? 0) + 20);
    await eventually(() => expect(stuck()).toEqual([]), withinMs);
  }
  /** What a handler has seen: numbers by key, each once, and how often it was called by partition. */
  function record() {
    const seen = new Map<string, number[]>();
    const handled = new Map<number, number>();
    const handle: Handle = (text, { key, partition }) => {
      const numbers = seen.get(key) ?? [];
      if (!numbers.includes(Number(text))) seen.set(key, [...numbers, Number(text)]);
      handled.set(partition, (handled.get(partition) ?? 0) + 1);
    };
    return { seen, handled, handle };
  }
  async function goesOn(more = 200): Promise<void> {
    const before = load.acknowledgedCount;
    await eventually(() => expect(load.acknowledgedCount).toBeGreaterThan(before + more), patienceMs);
  }

  it('cases 2, 3: a leader is killed under load while a follower is frozen', async () => {
    const leader = (await leadersOf(load.topic)).get(0) ?? 0;
    const follower = (leader + 1) % 3;
    await stack.nodes[follower]?.sigstop();
    await sleep(1_500);
    await stack.nodes[leader]?.kill9();
    await stack.nodes[follower]?.sigcont();
    await goesOn();
    await stack.nodes[leader]?.start();
  }, 150_000);

  it('case 2: all brokers are killed; health says so, and is well again when they are back, with the members that there were', async () => {
    const group = uniqueName('group');
    const { seen, handled, handle } = record();
    consume({ groupId: group }, handle);
    await eventually(() => expect(handled.size).toBe(6), patienceMs);
    const before = await membersOf(group);
    expect(before).toHaveLength(1);
    await Promise.all(stack.nodes.map((node) => node.kill9()));
    await eventually(() => expect(publisher.health()).toMatch(/Kafka/), patienceMs);
    await Promise.all(stack.nodes.map((node) => node.start()));
    await goesOn();
    await eventually(() => expect(publisher.health()).toBeUndefined(), patienceMs);
    await load.stop();
    await eventually(() => expect(sorted(seen)).toEqual(sorted(load.expected)), patienceMs);
    expect(await membersOf(group)).toEqual(before); // a new one would have waited for the end of the old session
  }, 300_000);

  slow(
    'case 5: a leader that is the coordinator too is frozen for a minute: producing and consuming go on meanwhile, and nothing is lost, doubled or out of order',
    async () => {
      const group = uniqueName('group');
      const { seen, handled, handle } = record();
      consume({ groupId: group }, handle);
      await eventually(() => expect(handled.size).toBe(6), patienceMs);
      const leaders = await leadersOf(load.topic);
      const frozen = await coordinatorOf(group); // the worst to lose: it leads partitions, and the group asks it too
      const healthy = [...leaders].filter(([, node]) => node !== frozen).map(([partition]) => partition);
      expect(healthy.length).toBeLessThan(leaders.size);
      const frozenAt = Date.now();
      await stack.nodes[frozen]?.sigstop();
      try {
        const acknowledged = (key: string): number => load.acknowledged.get(key)?.length ?? 0;
        const consumed = (partition: number): number => handled.get(partition) ?? 0;
        await Promise.all([
          eachGoesOn(load.keys, acknowledged, producesWithinMs),
          eachGoesOn(healthy, consumed, consumesWithinMs),
          eachGoesOn([...leaders.keys()], consumed, freezeMs), // those of the frozen leader have another one before it thaws
        ]);
        await sleep(Math.max(0, frozenAt + freezeMs - Date.now()));
      } finally {
        await stack.nodes[frozen]?.sigcont();
      }
      await goesOn(500); // it comes back, and is told that it leads nothing
      await load.stop();
      await eventually(() => expect(sorted(seen)).toEqual(sorted(load.expected)), patienceMs);
      await eventually(async () => expect(await committedSum(stack.brokers, group, load.topic)).toBe(load.acknowledgedCount), patienceMs);
    },
    300_000,
  );

  it('case 15: brokers are rolled by SIGTERM: every message is handled, in order, and committed, with one rejoin for each at most', async () => {
    const group = uniqueName('group');
    const { seen, handled, handle } = record();
    let joins = 0;
    const log = (_level: string, message: string): void => void (joins += message.includes('has joined the group') ? 1 : 0);
    consume({ groupId: group, log }, handle);
    await eventually(() => expect(handled.size).toBe(6), patienceMs);
    const first = joins;
    for (const node of stack.nodes) {
      const before = joins;
      await node.stop();
      await node.start();
      await goesOn(100);
      await eachGoesOn([...handled.keys()], (partition) => handled.get(partition) ?? 0, patienceMs);
      expect(joins - before).toBeLessThanOrEqual(1);
    }
    await load.stop();
    await eventually(() => expect(sorted(seen)).toEqual(sorted(load.expected)), patienceMs);
    await eventually(async () => expect(await committedSum(stack.brokers, group, load.topic)).toBe(load.acknowledgedCount), patienceMs);
    expect(joins).toBeLessThanOrEqual(first + stack.nodes.length); // also what came late
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
