import 'reflect-metadata';
import type { INestMicroservice } from '@nestjs/common';
import { BadRequestException, Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers } from '@tributary/contracts';
import type { EventRouted } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import { firstValueFrom, of } from 'rxjs';
import { textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import type { MessageContext, Outgoing, Publisher, RawRecord } from '../message.js';
import { pipelineExceptionFilter } from '../nest.js';
import type { RetryPolicy } from '../retry-policy.js';

/** What the suite needs of a transport and its broker. */
export interface TransportHarness {
  /** Topics and groups of their own for every test. */
  unique(prefix: string): string;
  createTopic(name: string, partitions: number): Promise<void>;
  transport(options: {
    groupId: string;
    topics: string[];
    policy: RetryPolicy;
    concurrency?: number;
    unhandled?: 'skip' | 'dead-letter';
  }): CustomTransportStrategy;
  publisher(): Publisher;
  /** All records of a topic so far, by partition and offset. */
  read(topic: string): Promise<IncomingMessage[]>;
  /** Offset that the group would go on at, per partition with any. */
  committed(groupId: string, topic: string): Promise<Map<number, bigint>>;
}

class TryAgainError extends PipelineError {
  readonly code = 'test.try-again';
  readonly disposition = 'retry';
}
class TargetDownError extends PipelineError {
  readonly code = 'test.target-down';
  readonly disposition = 'pause';
}
class NeverError extends PipelineError {
  readonly code = 'test.never';
  readonly disposition = 'reject';
}

type Handle = (value: EventRouted, context: MessageContext) => unknown;
const HANDLE = Symbol('handle');

@Controller()
class TestConsumer {
  constructor(@Inject(HANDLE) private readonly handle: Handle) {}

  @EventPattern<string>(events.eventRouted.type)
  onRouted(@Payload() value: EventRouted, @Ctx() context: MessageContext): unknown {
    return this.handle(value, context);
  }
}

@Module({})
class TestModule {}

const fast: RetryPolicy = { delaysMs: [20, 40], maxAttempts: 3, maxAgeMs: 60_000, pauseDelaysMs: [100] };
const patienceMs = 30_000;

/** Waits for a state of the world, not for a time. @throws with what was seen last. */
export async function eventually(what: () => Promise<unknown> | unknown, withinMs = patienceMs): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await what();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The behaviour that every transport has to show, named after what it guards. */
export function describeTransport(name: string, makeHarness: () => TransportHarness): void {
  describe(`transport: ${name}`, () => {
    let harness: TransportHarness;
    let topic: string;
    let group: string;
    const running: INestMicroservice[] = [];

    beforeEach(async () => {
      harness = makeHarness();
      topic = harness.unique('topic');
      group = harness.unique('group');
      await harness.createTopic(topic, 3);
      await harness.createTopic(`${topic}.${group}.dlq`, 3);
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((app) => app.close()));
    });

    async function consume(
      handle: Handle,
      options: { concurrency?: number; policy?: RetryPolicy; unhandled?: 'skip' | 'dead-letter' } = {},
    ): Promise<INestMicroservice> {
      const module = {
        module: TestModule,
        controllers: [TestConsumer],
        providers: [{ provide: HANDLE, useValue: handle }, pipelineExceptionFilter],
      };
      const strategy = harness.transport({ groupId: group, topics: [topic], policy: fast, ...options });
      const app = await NestFactory.createMicroservice(module, { strategy, logger: false });
      running.push(app);
      await app.listen();
      return app;
    }
    function aMessage(key: string, text: string, id = `${key}-${text}`): Outgoing {
      const value: EventRouted = {
        sourceEventId: text,
        canonicalEventId: id,
        canonicalType: 'x',
        postings: [],
        ignoredReason: null,
        ignoredText: null,
      };
      return { event: events.eventRouted, topic, key, id, value };
    }
    const publish = (...messages: Outgoing[]): Promise<void> => harness.publisher().publish(messages);
    const deadLetters = (): Promise<IncomingMessage[]> => harness.read(`${topic}.${group}.dlq`);

    it('gives a handler its value, and what the headers say', async () => {
      const seen: [string, MessageContext][] = [];
      await consume((value, context) => void seen.push([value.sourceEventId, context]));
      await harness.publisher().publish([{ ...aMessage('cus_1', 'a', 'evt-1'), sequence: 'pi_1', sourceEventId: 'evt_stripe' }]);
      await eventually(() => expect(seen).toHaveLength(1));
      expect(seen[0]?.[0]).toBe('a');
      expect(seen[0]?.[1]).toMatchObject({
        topic,
        key: 'cus_1',
        eventId: 'evt-1',
        eventType: events.eventRouted.type,
        sequence: 'pi_1',
        sourceEventId: 'evt_stripe',
        attempt: 1,
      });
    });

    it('works on one key in order, one at a time, and on other keys meanwhile', async () => {
      const order: string[] = [];
      const running: Record<string, number> = {};
      let together = 0;
      let mostTogether = 0;
      await consume(async (value, context) => {
        running[context.key] = (running[context.key] ?? 0) + 1;
        mostTogether = Math.max(mostTogether, (together += 1));
        expect(running[context.key]).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`${context.key}${value.sourceEventId}`);
        running[context.key] = 0;
        together -= 1;
      });
      const keys = Array.from({ length: 12 }, (_, n) => `k${n}:`);
      await publish(...[0, 1, 2, 3, 4].flatMap((n) => keys.map((key) => aMessage(key, String(n)))));
      await eventually(() => expect(order).toHaveLength(60));
      for (const key of keys) expect(order.filter((entry) => entry.startsWith(key))).toEqual([0, 1, 2, 3, 4].map((n) => `${key}${n}`));
      expect(mostTogether).toBeGreaterThan(1);
    });

    it('publishes what a handler returns before its offset counts as finished (I1)', async () => {
      const out = harness.unique('out');
      await harness.createTopic(out, 3);
      await consume((value, context) => [{ ...aMessage(context.key, `${value.sourceEventId}!`), topic: out }]);
      await publish(aMessage('a', '1'), aMessage('b', '2'));
      await eventually(async () => expect((await harness.read(out)).length).toBe(2));
      await eventually(async () => expect(sum(await harness.committed(group, topic))).toBe(2n));
    });

    it('consumes a stream that a handler returns, once', async () => {
      let subscriptions = 0;
      await consume(() => {
        subscriptions += 1;
        return of(undefined);
      });
      await publish(aMessage('a', '1'));
      await eventually(async () => expect(sum(await harness.committed(group, topic))).toBe(1n));
      expect(subscriptions).toBe(1);
      expect(await firstValueFrom(of(1))).toBe(1);
    });

    it('retries a message that may succeed later; only its key waits', async () => {
      const order: string[] = [];
      await consume((value, context) => {
        if (value.sourceEventId === 'slow' && context.attempt < 3) throw new TryAgainError('not yet');
        order.push(`${context.key}${value.sourceEventId}@${context.attempt}`);
      });
      await publish(aMessage('a', 'slow'), aMessage('a', 'next'), aMessage('b', '1'));
      await eventually(() => expect(order).toHaveLength(3));
      expect(order).toEqual(['b1@1', 'aslow@3', 'anext@1']);
      expect(await deadLetters()).toHaveLength(0);
    });

    it('gives up after its attempts: dead letter with code, attempts, place, and the original bytes', async () => {
      let calls = 0;
      await consume((value) => {
        if (value.sourceEventId !== 'bad') return;
        calls += 1;
        throw new TryAgainError('still not', { charge: 'ch_1' });
      });
      await publish(aMessage('a', 'bad', 'id-bad'), aMessage('a', 'good'));
      await eventually(async () => expect(await deadLetters()).toHaveLength(1));
      const [letter] = await deadLetters();
      const [original] = (await harness.read(topic)).filter((record) => textHeaders(record.headers)[headers.id] === 'id-bad');
      expect(calls).toBe(3);
      expect(letter?.value?.equals(original?.value as Buffer)).toBe(true);
      expect(letter?.key?.toString()).toBe('a');
      expect(textHeaders(letter?.headers ?? {})).toMatchObject({
        [headers.id]: 'id-bad',
        [headers.errorCode]: 'test.try-again',
        [headers.errorText]: 'still not',
        [headers.errorContext]: '{"charge":"ch_1"}',
        [headers.attempts]: '3',
        [headers.originalTopic]: topic,
        [headers.originalPartition]: String(original?.partition),
        [headers.originalOffset]: String(original?.offset),
        [headers.consumerGroup]: group,
      });
      await eventually(async () => expect(sum(await harness.committed(group, topic))).toBe(2n));
    });

    it.each([
      ['an error that can never succeed', () => new NeverError('never')],
      [
        'a validation failure of a pipe (nestjs/nest#10972: it loops for ever there)',
        () => new BadRequestException('amount must be a number'),
      ],
      ['a TypeError, which is our bug', () => new TypeError('x is not a function')],
      ['something thrown that is no error', () => 'a string'],
    ])('dead-letters at once: %s', async (_name, thrown) => {
      let calls = 0;
      await consume((value) => {
        if (value.sourceEventId !== 'bad') return;
        calls += 1;
        throw thrown();
      });
      await publish(aMessage('a', 'bad'), aMessage('a', 'good'));
      await eventually(async () => expect(await deadLetters()).toHaveLength(1));
      await eventually(async () => expect(sum(await harness.committed(group, topic))).toBe(2n));
      expect(calls).toBe(1);
    });

    it('dead-letters poison at once: bytes of no schema, a type nobody knows, no type', async () => {
      let calls = 0;
      await consume(() => void (calls += 1));
      const raw = (value: Buffer, type?: string): RawRecord => ({
        topic,
        key: Buffer.from('a'),
        value,
        headers: type === undefined ? {} : { [headers.type]: type },
      });
      await harness
        .publisher()
        .publishRaw([
          raw(Buffer.from('hello'), events.eventRouted.type),
          raw(Buffer.from([0, 0, 0, 0]), events.eventRouted.type),
          raw(Buffer.from('x')),
        ]);
      await publish(aMessage('a', 'good'));
      await eventually(async () => expect(await deadLetters()).toHaveLength(3));
      await eventually(() => expect(calls).toBe(1));
      expect((await deadLetters()).map(({ headers: all }) => textHeaders(all)[headers.errorCode])).toEqual([
        'message.poison',
        'message.poison',
        'message.poison',
      ]);
      expect((await deadLetters())[0]?.value?.toString()).toBe('hello');
    });

    it('lets a type pass that nothing here handles, or dead-letters it when told to', async () => {
      await consume(() => undefined);
      await harness.publisher().publish([{ ...aMessage('a', '1'), event: events.stripeEventReceived, value: Buffer.from('{}') }]);
      await eventually(async () => expect(sum(await harness.committed(group, topic))).toBe(1n));
      expect(await deadLetters()).toHaveLength(0);
    });

    it('holds a partition whose target is down, burns no attempt, and goes on in order', async () => {
      let down = true;
      let calls = 0;
      const order: string[] = [];
      await consume((value, context) => {
        calls += 1;
        if (down) throw new TargetDownError('no answer');
        expect(context.attempt).toBe(1);
        order.push(value.sourceEventId);
      });
      await publish(...['1', '2', '3'].map((text) => aMessage('a', text)));
      await eventually(() => expect(calls).toBeGreaterThan(2));
      expect(sum(await harness.committed(group, topic))).toBe(0n);
      down = false;
      await eventually(() => expect(order).toEqual(['1', '2', '3']));
      expect(await deadLetters()).toHaveLength(0);
    });

    it('finishes what runs when it is stopped, and the next member goes on behind it', async () => {
      const done: string[] = [];
      const handle: Handle = async (value) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        done.push(value.sourceEventId);
      };
      const first = await consume(handle, { concurrency: 1 });
      await publish(...Array.from({ length: 20 }, (_, n) => aMessage('a', String(n))));
      await eventually(() => expect(done.length).toBeGreaterThan(2));
      running.splice(running.indexOf(first), 1);
      await first.close();
      const atStop = done.length;
      await consume(handle);
      await eventually(() => expect(new Set(done).size).toBe(20));
      expect(done).toEqual(Array.from({ length: 20 }, (_, n) => String(n))); // nothing twice, nothing out of order
      expect(atStop).toBeLessThan(20);
    });

    it('is not stopped from stopping by a handler that hangs', async () => {
      let hangs = false;
      const app = await consume((_value, context) => {
        hangs = true;
        return new Promise((resolve) => context.signal.addEventListener('abort', resolve));
      });
      await publish(aMessage('a', '1'));
      await eventually(() => expect(hangs).toBe(true));
      running.splice(running.indexOf(app), 1);
      await app.close();
      expect(sum(await harness.committed(group, topic))).toBe(0n); // uncommitted: the next member runs it again
    });

    it('commits no further than the oldest unfinished message', async () => {
      const open = new Map<string, () => void>();
      await consume((value) => new Promise<void>((resolve) => open.set(value.sourceEventId, resolve)));
      const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
      await publish(...keys.map((key) => aMessage(key, key)));
      await eventually(() => expect(open.size).toBe(6));
      const records = await harness.read(topic);
      const first = records.find(({ partition }) => records.filter((other) => other.partition === partition).length > 1) as IncomingMessage;
      for (const [text, finish] of open) if (text !== first.key?.toString()) finish();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect((await harness.committed(group, topic)).get(first.partition) ?? 0n).toBe(first.offset);
      open.get(first.key?.toString() ?? '')?.();
      await eventually(async () => expect(sum(await harness.committed(group, topic))).toBe(6n));
    });
  });
}

/** Everything committed, over all partitions. */
function sum(offsets: Map<number, bigint>): bigint {
  return [...offsets.values()].reduce((total, offset) => total + offset, 0n);
}
