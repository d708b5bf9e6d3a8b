import { startStack, uniqueName } from '@tributary/local-stack';
import { eventually } from '../../src/conformance/eventually.js';
import { codec, committedSum, CountedMetrics, Load, member, sleep, sorted } from './fault-harness.js';
import { KafkaPublisher } from '../../src/kafka/kafka-publisher.js';

const patienceMs = 90_000;
/** Longer than the ten seconds before its end at which the client comes with a new one. */
const tokenS = 12;
const idleMs = 15_000;

/** docs/reference/kafkajs.md, section 13, case 15, and section 10: brokers that end a connection whose token has run out. */
describe('tokens that run out', () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let tokens = 0;
  const rejections: unknown[] = [];
  const remember = (reason: unknown): void => void rejections.push(reason);
  /** An unsigned JSON web token: no key to keep in a test. */
  const token = async (): Promise<{ value: string }> => {
    tokens += 1;
    const nowS = Math.floor(Date.now() / 1_000);
    const parts = [{ alg: 'none' }, { sub: 'tributary', iat: nowS, exp: nowS + tokenS }];
    return { value: `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.` };
  };
  const connection = () => ({
    brokers: stack.tokenBrokers,
    clientId: 'tokens',
    sasl: { mechanism: 'oauthbearer' as const, oauthBearerProvider: token },
  });

  beforeAll(async () => {
    process.on('unhandledRejection', remember);
    stack = await startStack({ kafka: true, tokens: true, brokerConfig: { 'connections.max.reauth.ms': String(tokenS * 1_000) } });
  }, 120_000);
  afterAll(async () => {
    process.off('unhandledRejection', remember);
    await stack?.stop();
  });

  it('case 15: tokens run out again and again, under load and while idle: nothing is lost, nobody joins anew, no rejection is unhandled', async () => {
    const topic = uniqueName('tokens');
    await stack.createTopics([topic], 3);
    const metrics = new CountedMetrics();
    const publisher = new KafkaPublisher({ ...connection(), codec, metrics });
    await publisher.connect();
    const group = uniqueName('group');
    const seen = new Map<string, number[]>();
    let joins = 0;
    const log = (_level: string, message: string): void => void (joins += message.includes('has joined the group') ? 1 : 0);
    const consumer = member({ ...connection(), publisher, groupId: group, topics: [topic], metrics, log }, (text, { key }) => {
      seen.set(key, [...(seen.get(key) ?? []), Number(text)]);
    });
    const load = new Load(publisher, topic);
    try {
      load.start(20);
      await eventually(() => expect(seen.size).toBe(load.keys.length), patienceMs);
      const atFirst = tokens; // every connection has one
      await eventually(() => expect(tokens).toBeGreaterThan(atFirst + 20), patienceMs);
      await load.stop();
      await sleep(idleMs); // what only the producer's connection has was valid for less
      load.round();
      await load.stop();
      expect(load.failures).toEqual([]);
      await eventually(() => expect(sorted(seen)).toEqual(sorted(load.expected)), patienceMs);
      await eventually(async () => expect(await committedSum(stack.brokers, group, topic)).toBe(load.acknowledgedCount), patienceMs);
      expect(sorted(await load.inLog(stack.brokers))).toEqual(sorted(load.expected));
      expect(joins).toBe(1);
      expect(metrics.counts.get('producer_resends_total')).toBeUndefined();
      expect(metrics.counts.get('watchdog_actions_total')).toBeUndefined();
      expect(rejections).toEqual([]);
    } finally {
      await load.stop();
      await consumer.close();
      await publisher.close();
    }
  }, 240_000);
});
