import { headers } from '@tributary/contracts';
import { startStack, uniqueName } from '@tributary/local-stack';
import { MessageTooLargeError, UnencodableMessageError } from '../../src/errors.js';
import { aMessage, AnswerCutter, AnswerForger, codec, CountedMetrics, Load, readTopic, sleep, sorted, textOf } from './fault-harness.js';
import { KafkaPublisher } from '../../src/kafka/kafka-publisher.js';

/** docs/reference/kafkajs.md, section 13: the cases of one broker whose answers get lost, and of messages that do not fit. */
describe('the producer under faults', () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let publisher: KafkaPublisher;
  let metrics: CountedMetrics;
  const cutter = new AnswerCutter();

  beforeAll(async () => {
    stack = await startStack({ kafka: true, own: true });
  }, 120_000);
  afterAll(() => stack?.stop());
  beforeEach(async () => {
    metrics = new CountedMetrics();
    publisher = new KafkaPublisher({
      brokers: stack.brokers,
      clientId: 'producer-faults',
      codec,
      metrics,
      socketFactory: cutter.socketFactory,
    });
    await publisher.connect();
  });
  afterEach(async () => {
    cutter.every = 0;
    await publisher.close();
  });
  async function aTopic(partitions = 6): Promise<string> {
    const topic = uniqueName('faults');
    await stack.createTopics([topic], partitions);
    return topic;
  }

  it('case 1: produce answers are cut off: nothing lost, nothing twice, order kept per key', async () => {
    const load = new Load(publisher, await aTopic());
    cutter.every = 20;
    const before = cutter.cuts;
    load.start();
    await sleep(6_000);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(cutter.cuts - before).toBeGreaterThan(2); // else nothing was tried
    expect(load.acknowledgedCount).toBeGreaterThan(500);
    expect(sorted(await load.inLog(stack.brokers))).toEqual(sorted(load.expected));
  });

  it('case 3: a partition that does not exist is an error, and a topic that is not there yet is waited for', async () => {
    const topic = uniqueName('later');
    const published = publisher.publish([aMessage(topic, 'a', '1')]);
    await expect(publisher.publish([aMessage(topic, 'a', '2')], { deadlineMs: 300 })).rejects.toMatchObject({ code: 'kafka.unavailable' });
    await stack.createTopics([topic], 2);
    await published;
    const texts = async (): Promise<string[]> => (await readTopic(stack.brokers, topic)).map(({ value }) => String(value));
    await publisher.drain(5_000);
    expect(await texts()).toEqual(['1', '2']); // the deadline gave up the waiting, not the order
  });

  it('case 4: after an answer that never came, the next batch of the same size is not swallowed', async () => {
    const topic = await aTopic(1);
    await publisher.publish([aMessage(topic, 'a', '0')]);
    cutter.every = 1;
    const first = publisher.publish([aMessage(topic, 'a', '1')], { deadlineMs: 1_500 });
    await expect(first).rejects.toMatchObject({ code: 'kafka.unavailable' });
    const second = publisher.publish([aMessage(topic, 'a', '2')]);
    cutter.every = 0;
    await second;
    expect((await readTopic(stack.brokers, topic)).map(({ value }) => String(value))).toEqual(['0', '1', '2']);
    expect(metrics.counts.get('producer_duplicate_answers_total')).toBe(1); // the first one's own repetition, nobody else's
  });

  it.each([
    ['OUT_OF_ORDER_SEQUENCE_NUMBER', 45],
    ['UNKNOWN_PRODUCER_ID', 59],
    ['INVALID_PRODUCER_EPOCH', 47],
  ])(
    'case 4: after %s the producer is replaced: nothing lost, the next batch not swallowed, the repeat has the same id',
    async (_name, code) => {
      const topic = await aTopic(1);
      const forger = new AnswerForger();
      const { socketFactory } = forger;
      const forged = new KafkaPublisher({ brokers: stack.brokers, clientId: 'forged', codec, metrics, socketFactory });
      try {
        await forged.connect();
        await forged.publish([aMessage(topic, 'a', '0')]);
        forger.codes = [code];
        await forged.publish([aMessage(topic, 'a', '1')]);
        await forged.publish([aMessage(topic, 'a', '2')]);
        expect(forger.forged).toBe(1);
        expect(metrics.counts.get('producer_replaced_total')).toBe(1);
        // The broker had the first try, and a new producer id can't tell: consumers drop the repeat by its event id.
        const log = await readTopic(stack.brokers, topic);
        expect(log.map(({ value }) => String(value))).toEqual(['0', '1', '1', '2']);
        expect(new Set(log.map((record) => textOf(record, headers.id)))).toEqual(new Set(['a-0', 'a-1', 'a-2']));
      } finally {
        await forged.close();
      }
    },
  );

  it('case 4: many lanes meet a dead producer at once: it is replaced once, and nothing is lost in any of them', async () => {
    const topic = await aTopic(6);
    const forger = new AnswerForger();
    const { socketFactory } = forger;
    const forged = new KafkaPublisher({ brokers: stack.brokers, clientId: 'forged', codec, metrics, socketFactory });
    try {
      await forged.connect();
      const load = new Load(forged, topic);
      load.round();
      await load.stop();
      forger.codes = [45];
      for (let round = 0; round < 20; round += 1) load.round();
      await load.stop();
      expect(load.failures).toEqual([]);
      expect(metrics.counts.get('producer_replaced_total')).toBe(1);
      for (const [key, numbers] of await load.inLog(stack.brokers))
        expect([key, [...new Set(numbers)]]).toEqual([key, load.expected.get(key)]);
    } finally {
      await forged.close();
    }
  });

  it('case 6: 1.5 MB of small messages is split into batches', async () => {
    const topic = await aTopic(1);
    const small = Array.from({ length: 300 }, (_, n) => aMessage(topic, 'a', `${String(n).padStart(4, '0')}${'x'.repeat(5_000)}`));
    await publisher.publish(small);
    const numbers = (await readTopic(stack.brokers, topic)).map(({ value }) => Number(String(value).slice(0, 4)));
    expect(numbers).toEqual(Array.from({ length: 300 }, (_, n) => n));
  });

  it('case 6: one message above our limit fails alone', async () => {
    const topic = await aTopic(1);
    const messages = [aMessage(topic, 'a', 'before'), aMessage(topic, 'a', 'x'.repeat(1_100_000)), aMessage(topic, 'a', 'after')];
    await expect(publisher.publish(messages)).rejects.toBeInstanceOf(MessageTooLargeError);
    await publisher.drain(5_000);
    expect((await readTopic(stack.brokers, topic)).map(({ value }) => String(value))).toEqual(['before', 'after']);
  });

  it('case 6: one message that only the broker finds too large fails alone, and its neighbours keep their order', async () => {
    const topic = uniqueName('narrow');
    await stack.createTopics([topic], 1, { 'max.message.bytes': '20000' });
    const texts = ['1', '2', `3${'x'.repeat(30_000)}`, '4', '5'];
    const results = await Promise.allSettled(texts.map((text) => publisher.publish([aMessage(topic, 'a', text)])));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((results[2] as PromiseRejectedResult).reason).toBeInstanceOf(MessageTooLargeError);
    expect((await readTopic(stack.brokers, topic)).map(({ value }) => String(value))).toEqual(['1', '2', '4', '5']);
  });

  it('case 6: a message with a null header fails alone, the others of its call are written', async () => {
    const topic = await aTopic(1);
    const broken = { ...aMessage(topic, 'a', 'broken'), headers: { note: null as unknown as string } };
    await expect(publisher.publish([aMessage(topic, 'a', '1'), broken, aMessage(topic, 'a', '2')])).rejects.toBeInstanceOf(
      UnencodableMessageError,
    );
    const raw = { topic, key: Buffer.from('a'), value: Buffer.from('raw'), headers: { note: null as unknown as string } };
    await expect(publisher.publishRaw([raw])).rejects.toBeInstanceOf(UnencodableMessageError);
    await publisher.drain(5_000);
    expect((await readTopic(stack.brokers, topic)).map(({ value }) => String(value))).toEqual(['1', '2']);
  });
});
