import { BadRequestException } from '@nestjs/common';
import type { INestMicroservice, PipeTransform } from '@nestjs/common';
import { KafkaContext, KafkaHeaders, KafkaRetriableException } from '@nestjs/microservices';
import { headers as names } from '@tributary/contracts';
import { uniqueName } from '@tributary/local-stack';
import { aMessage, committedSum, readTopic, sleep, textOf } from '../../test/faults/fault-harness.js';
import { faultRoom } from '../../test/faults/fault-room.js';
import { withAdmin } from '../kafka/topic-admin.js';
import { eventually } from './eventually.js';
import { TryAgainError } from './fixture.js';
import { nestMember, nestSuffix } from './nest-member.js';
import type { NestHandle, NestMemberOptions } from './nest-member.js';

const patienceMs = 60_000;
/** Far more often than any policy would try; Nest's transport has none and goes on. */
const forEver = 8;

/** What Nest's own Kafka transport does with the same messages on the same broker, and what ours does. */
describe("Nest's ServerKafka beside this transport", () => {
  const room = faultRoom('beside-nest', { partitions: 1, minSessionTimeoutMs: 2_000 });
  let apps: INestMicroservice[];

  beforeEach(() => {
    apps = [];
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
  });

  async function nest(handle: NestHandle, options: Partial<NestMemberOptions> = {}): Promise<INestMicroservice> {
    const app = await nestMember({ brokers: room.stack.brokers, groupId: room.group, topic: room.topic, ...options }, handle);
    apps.push(app);
    return app;
  }
  /** A poison record and a good one behind it, in one partition. Our transport gets them as text, Nest's as parsed JSON. */
  async function sendPoisonAndGood(): Promise<void> {
    await room.publisher.publish([aMessage(room.topic, 'a', '{"n":"poison"}'), aMessage(room.topic, 'b', '{"n":"good"}')]);
  }
  const nestCommitted = (): Promise<number> => committedSum(room.stack.brokers, room.group + nestSuffix, room.topic);
  const numberOf = (text: string): string => String((JSON.parse(text) as { n: unknown }).n);

  it('nestjs/nest#10972 red: a validation error is delivered for ever, and nothing behind it', async () => {
    let poisons = 0;
    const good: unknown[] = [];
    const pipe: PipeTransform = {
      transform: (value: unknown) => {
        if ((value as { n?: unknown }).n !== 'poison') return value;
        poisons += 1;
        throw new BadRequestException('n must be a number');
      },
    };
    await nest(({ n }) => void good.push(n), { pipe });
    await sendPoisonAndGood();
    await eventually(() => expect(poisons).toBeGreaterThan(forEver), patienceMs);
    expect(good).toEqual([]);
    expect(await nestCommitted()).toBe(0);
  });

  it('nestjs/nest#10972 green: a validation error is delivered once, kept as a dead letter, and what is behind it goes on', async () => {
    const good: string[] = [];
    let poisons = 0;
    room.join((text) => {
      if (numberOf(text) !== 'poison') return void good.push(numberOf(text));
      poisons += 1;
      throw new BadRequestException('n must be a number');
    });
    await sendPoisonAndGood();
    await eventually(async () => expect(await room.committed()).toBe(2));
    expect([poisons, good]).toEqual([1, ['good']]);
    expect(await room.deadLetters()).toEqual(['{"n":"poison"}']);
  });

  it.each([
    ['an error', () => new Error('not yet')],
    ['a KafkaRetriableException', () => new KafkaRetriableException('not yet')],
    ['a TypeError, which no retry will mend,', () => new TypeError('x is not a function')],
  ])('nestjs/nest#14664 red: %s is retried without end, and there is no place where it could be put', async (_name, fail) => {
    let tries = 0;
    const good: unknown[] = [];
    await nest(({ n }) => {
      if (n !== 'poison') return void good.push(n);
      tries += 1;
      throw fail();
    });
    await sendPoisonAndGood();
    await eventually(() => expect(tries).toBeGreaterThan(forEver), patienceMs);
    expect(good).toEqual([]);
    expect(await nestCommitted()).toBe(0);
    expect(await room.deadLetters()).toEqual([]);
  });

  it('nestjs/nest#14664 green: retries are counted and end as a dead letter that says how many there were', async () => {
    const attempts: number[] = [];
    const good: string[] = [];
    room.join((text, { attempt }) => {
      if (numberOf(text) !== 'poison') return void good.push(text);
      attempts.push(attempt);
      throw new TryAgainError('not yet');
    });
    await sendPoisonAndGood();
    await eventually(async () => expect(await room.committed()).toBe(2));
    const [letter] = await readTopic(room.stack.brokers, `${room.topic}.${room.group}.dlq`);
    expect(attempts).toEqual([1, 2, 3]);
    expect(letter && textOf(letter, names.attempts)).toBe('3');
    expect(good).toHaveLength(1);
  });

  it('nestjs/nest#10617 red: the error of a request handler is answered and its offset committed: nobody will look at it again', async () => {
    const reply = uniqueName('reply');
    await room.stack.createTopics([reply], 1);
    let tries = 0;
    await nest(
      () => {
        tries += 1;
        throw new Error('the booking failed');
      },
      { pattern: 'message' },
    );
    const headers = { [KafkaHeaders.CORRELATION_ID]: '1', [KafkaHeaders.REPLY_TOPIC]: reply };
    await room.publisher.publishRaw([{ topic: room.topic, key: Buffer.from('a'), value: Buffer.from('{"n":1}'), headers }]);
    await eventually(async () => expect(await nestCommitted()).toBe(1), patienceMs);
    expect(tries).toBe(1);
    expect(await room.deadLetters()).toEqual([]);
  });

  it('nestjs/nest#10617 green: no error is swallowed; the offset is committed behind the dead letter', async () => {
    room.join(() => Promise.reject(new Error('the booking failed')));
    await room.publisher.publish([aMessage(room.topic, 'a', '{"n":1}')]);
    await eventually(async () => expect(await room.committed()).toBe(1));
    expect(await room.deadLetters()).toEqual(['{"n":1}']);
  });

  it('nestjs/nest#13223 red: a handler is given the objects of the client, which can not be swapped under it', async () => {
    let context: KafkaContext | undefined;
    await nest((_value, given) => void (context = given));
    await sendPoisonAndGood();
    await eventually(() => expect(context).toBeInstanceOf(KafkaContext), patienceMs);
    expect(typeof context?.getConsumer().commitOffsets).toBe('function');
    expect(typeof context?.getProducer().transaction).toBe('function');
  });

  it('nestjs/nest#13223 green: a handler is given nothing of the client: text, numbers and a signal', async () => {
    const contexts: Record<string, unknown>[] = [];
    room.join((_text, context) => void contexts.push({ ...context }));
    await sendPoisonAndGood();
    await eventually(() => expect(contexts).toHaveLength(2));
    const kinds = Object.fromEntries(Object.entries(contexts[0] ?? {}).map(([name, value]) => [name, typeof value]));
    expect(kinds).toEqual({
      topic: 'string',
      partition: 'number',
      offset: 'bigint',
      key: 'string',
      headers: 'object',
      eventId: 'string',
      eventType: 'string',
      sequence: 'string',
      sourceEventId: 'string',
      attempt: 'number',
      signal: 'object',
    });
    expect(contexts[0]?.['signal']).toBeInstanceOf(AbortSignal);
    expect(Object.values(contexts[0]?.['headers'] ?? {}).every((value) => typeof value === 'string')).toBe(true);
  });

  it('nestjs/nest#14664 green: a TypeError is a dead letter at once and the member stays', async () => {
    const good: string[] = [];
    room.join((text) => {
      if (numberOf(text) === 'poison') throw new TypeError('x is not a function');
      good.push(numberOf(text));
    });
    await sendPoisonAndGood();
    await room.publisher.publish([aMessage(room.topic, 'c', '{"n":"later"}')]);
    await eventually(() => expect(good).toEqual(['good', 'later']));
    await eventually(async () => expect(await room.deadLetters()).toEqual(['{"n":"poison"}']));
    expect(await groupState(room.group)).toBe('Stable');
  });

  it('Aiven-Open/http-connector-for-apache-kafka#265 red: a target slower than the session has its message sent again on ServerKafka', async () => {
    let runs = 0;
    await nest(
      async () => {
        runs += 1;
        if (runs === 1) await sleep(5_000);
      },
      { sessionTimeout: 2_000 },
    );
    await room.publisher.publish([aMessage(room.topic, 'a', '{"n":1}')]);
    await eventually(() => expect(runs).toBeGreaterThan(1), patienceMs);
  });

  it('Aiven-Open/http-connector-for-apache-kafka#265 green: a target slower than the session has each message sent once', async () => {
    const runs: string[] = [];
    room.join(
      async (text) => {
        runs.push(text);
        await sleep(5_000);
      },
      { sessionTimeoutMs: 2_000 },
    );
    await room.publisher.publish(['1', '2', '3'].map((n) => aMessage(room.topic, n, n)));
    await eventually(async () => expect(await room.committed()).toBe(3), patienceMs);
    expect(runs.sort()).toEqual(['1', '2', '3']);
  });

  async function groupState(groupId: string): Promise<string | undefined> {
    const { groups } = await withAdmin({ brokers: room.stack.brokers, clientId: 'asking' }, (admin) => admin.describeGroups([groupId]));
    return groups[0]?.state;
  }
});
