import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers as names } from '@tributary/contracts';
import type { DeadLetterClosed, EventRouted, MessageParked } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import type { LadderPolicy } from '@tributary/posting';
import { textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import type { LadderOptions } from '../ladder/partition-ladder.js';
import type { ParkingLot } from '../ladder/parking-lot.js';
import type { MessageContext, Outgoing, Publisher, RawRecord } from '../message.js';
import { pipelineExceptionFilter } from '../nest.js';
import type { RetryPolicy } from '../retry-policy.js';
import type { WireCodec } from '../wire-codec.js';
import { eventually } from './describe-transport.js';

/** What the suite needs of a transport with a ladder, its broker and its parking lot. */
export interface LadderHarness {
  unique(prefix: string): string;
  createTopic(name: string, partitions: number): Promise<void>;
  transport(options: {
    groupId: string;
    topics: string[];
    policy: RetryPolicy;
    ladder: LadderOptions;
    rejectGuard?: { maxRejects: number; window: number };
  }): CustomTransportStrategy;
  publisher(): Publisher;
  readonly codec: WireCodec;
  read(topic: string): Promise<IncomingMessage[]>;
  /** Where the words of the ladder go: shared by all tests. */
  readonly pipeline: string;
  lot(): ParkingLot;
}

class LaterError extends PipelineError {
  readonly code = 'test.later';
  readonly disposition = 'retry';
}
class NeverError extends PipelineError {
  readonly code = 'test.never';
  readonly disposition = 'reject';
}
class PersonError extends PipelineError {
  readonly code = 'test.outcome-unknown';
  readonly disposition = 'hold';
}
class DownError extends PipelineError {
  readonly code = 'test.down';
  readonly disposition = 'pause';
}

type Handle = (text: string, context: MessageContext) => unknown;
const HANDLE = Symbol('handle');

@Controller()
class LadderConsumer {
  constructor(@Inject(HANDLE) private readonly handle: Handle) {}

  @EventPattern<string>(events.eventRouted.type)
  onRouted(@Payload() value: EventRouted, @Ctx() context: MessageContext): unknown {
    return this.handle(value.sourceEventId, context);
  }
}

@Module({})
class LadderModule {}

const quick: RetryPolicy = { delaysMs: [], maxAttempts: 1, maxAgeMs: 60_000, pauseDelaysMs: [100] };
const policy: LadderPolicy = {
  rungs: [
    { name: '5s', delayMs: 300 },
    { name: '1m', delayMs: 600 },
  ],
  maxAttempts: 4,
  maxAgeMs: 60_000,
};
const partitions = 3;

/** How the ladder behaves on every transport, named after what it guards. */
export function describeLadder(name: string, makeHarness: () => LadderHarness): void {
  describe(`ladder: ${name}`, () => {
    let harness: LadderHarness;
    let topic: string;
    let group: string;
    let lot: ParkingLot;
    const running: INestMicroservice[] = [];

    beforeEach(async () => {
      harness = makeHarness();
      topic = harness.unique('topic');
      group = harness.unique('group');
      lot = harness.lot();
      for (const suffix of ['', `.${group}.retry.5s`, `.${group}.retry.1m`, `.${group}.replay`])
        await harness.createTopic(topic + suffix, partitions);
      await harness.createTopic(`${topic}.${group}.dlq`, 1);
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((app) => app.close()));
    });

    async function consume(
      handle: Handle,
      options: Partial<LadderOptions> & { rejectGuard?: { maxRejects: number; window: number } } = {},
    ) {
      const { rejectGuard, ...ladder } = options;
      const strategy = harness.transport({
        groupId: group,
        topics: [topic],
        policy: quick,
        ladder: { lot, policy, ...ladder },
        ...(rejectGuard ? { rejectGuard } : {}),
      });
      const module = {
        module: LadderModule,
        controllers: [LadderConsumer],
        providers: [{ provide: HANDLE, useValue: handle }, pipelineExceptionFilter],
      };
      const app = await NestFactory.createMicroservice(module, { strategy, logger: false });
      running.push(app);
      await app.listen();
      return app;
    }
    /** `text` of sequence `sequence`; all of one customer, so they are in one partition and in one order. */
    function send(...messages: [sequence: string, text: string, key?: string][]): Promise<void> {
      return harness.publisher().publish(
        messages.map(([sequence, text, key = 'cus_1']): Outgoing => ({
          event: events.eventRouted,
          topic,
          key,
          id: `${sequence}/${text}`,
          sequence,
          sourceEventId: `evt_${text}`,
          value: {
            sourceEventId: text,
            canonicalEventId: text,
            canonicalType: 'x',
            postings: [],
            ignoredReason: null,
            ignoredText: null,
          } satisfies EventRouted,
        })),
      );
    }
    const dead = (): Promise<IncomingMessage[]> => harness.read(`${topic}.${group}.dlq`);
    async function words<Value>(type: string): Promise<Value[]> {
      const records = (await harness.read(harness.pipeline)).filter((record) => textHeaders(record.headers)[names.type] === type);
      const definition = type === events.messageParked.type ? events.messageParked : events.deadLetterClosed;
      const values = await Promise.all(records.map((record) => harness.codec.decode(definition, record.value)));
      return (values as (Value & { consumerGroup: string })[]).filter(({ consumerGroup }) => consumerGroup === group);
    }
    const closed = (): Promise<DeadLetterClosed[]> => words<DeadLetterClosed>(events.deadLetterClosed.type);
    async function order(letter: IncomingMessage, id: string, action: string, value = letter.value): Promise<void> {
      const text = textHeaders(letter.headers);
      const record: RawRecord = {
        topic: `${topic}.${group}.replay`,
        partition: Number(text[names.originalPartition]),
        key: letter.key,
        value,
        headers: {
          ...text,
          [names.order]: id,
          [names.orderAction]: action,
          [names.orderReason]: 'because',
          [names.orderReference]: '{"HeadNum":"881"}',
        },
      };
      await harness.publisher().publishRaw([record]);
    }
    /** A handler that records what it has done, and fails as long as `fails` says so. */
    function recorder(fails: (text: string, context: MessageContext) => Error | undefined) {
      const done: string[] = [];
      const attempts: string[] = [];
      const handle: Handle = (text, context) => {
        attempts.push(`${text}#${context.attempt}`);
        const error = fails(text, context);
        if (error) throw error;
        done.push(text);
      };
      return { done, attempts, handle };
    }

    it('lets other sequences pass a stuck one, also those of the same key', async () => {
      let mended = false;
      const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new LaterError('not yet') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2'], ['b', 'b1'], ['b', 'b2']);
      await eventually(() => expect(done).toEqual(['b1', 'b2']));
      mended = true;
      await eventually(() => expect(done).toEqual(['b1', 'b2', 'a1', 'a2']));
      expect(await dead()).toEqual([]);
    });

    it('releases what waits in the order in which it came', async () => {
      let mended = false;
      const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new LaterError('not yet') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ...Array.from({ length: 20 }, (_, i): [string, string] => ['a', `a${i + 2}`]));
      await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(20));
      mended = true;
      await eventually(() => expect(done).toEqual(Array.from({ length: 21 }, (_, i) => `a${i + 1}`)));
      await send(['a', 'a22']);
      await eventually(() => expect(done.at(-1)).toBe('a22'));
    });

    it('tells what waits, and behind whom', async () => {
      const { handle } = recorder((text) => (text === 'a1' ? new LaterError('not yet') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2']);
      await eventually(async () =>
        expect(await words<MessageParked>(events.messageParked.type)).toMatchObject([
          { topic, eventId: 'a/a2', sourceEventId: 'evt_a2', sequence: 'a', headCode: 'test.later' },
        ]),
      );
    });

    it('gets stuck behind a released message that fails, before the next one passes', async () => {
      const failing = new Set(['a1', 'a2']);
      const { done, handle } = recorder((text) => (failing.has(text) ? new LaterError('not yet') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
      await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(2));
      failing.delete('a1');
      await eventually(() => expect(done).toEqual(['a1']));
      failing.delete('a2');
      await eventually(() => expect(done).toEqual(['a1', 'a2', 'a3']));
    });

    it('counts attempts over all rungs, and dead-letters with the first and the last failure', async () => {
      const { attempts, handle } = recorder((text) => (text === 'a1' ? new LaterError('never ready') : undefined));
      await consume(handle);
      await send(['a', 'a1']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      expect(attempts).toEqual(['a1#1', 'a1#2', 'a1#3', 'a1#4']);
      const text = textHeaders((await dead())[0]?.headers ?? {});
      expect(text).toMatchObject({
        [names.errorCode]: 'test.later',
        [names.attempts]: '4',
        [names.originalTopic]: topic,
        [names.originalOffset]: '0',
        [names.consumerGroup]: group,
        [names.id]: 'a/a1',
      });
      expect(Date.parse(text[names.lastFailureAt] ?? '')).toBeGreaterThan(Date.parse(text[names.firstFailureAt] ?? ''));
      expect(text[names.dueAt]).toBeUndefined();
    });

    it('keeps the bytes of key and value on every way', async () => {
      const { handle } = recorder((text) => (text === 'a1' ? new LaterError('never ready') : undefined));
      await consume(handle);
      await send(['a', 'a1']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      const [original] = await harness.read(topic);
      expect((await dead())[0]).toMatchObject({ key: original?.key, value: original?.value });
    });

    it('goes on after a restart: the head is tried again, the others wait for it', async () => {
      const first = recorder((text) => (text === 'a1' ? new LaterError('not yet') : undefined));
      const app = await consume(first.handle);
      await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
      await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(2));
      await app.close();
      const second = recorder(() => undefined);
      await consume(second.handle);
      await send(['a', 'a4']);
      await eventually(() => expect(second.done).toEqual(['a1', 'a2', 'a3', 'a4']));
    });

    it('goes on releasing after a restart in the middle of it', async () => {
      let open = false;
      const first = recorder((text) =>
        text === 'a1' && !open ? new LaterError('not yet') : text === 'a2' ? new DownError('down') : undefined,
      );
      const app = await consume(first.handle);
      await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
      await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(2));
      open = true;
      await eventually(() => expect(first.attempts).toContain('a2#1'));
      await app.close();
      expect(first.done).toEqual(['a1']);
      const second = recorder(() => undefined);
      await consume(second.handle);
      await eventually(() => expect(second.done).toEqual(['a2', 'a3']));
    });

    it('holds a sequence whose head is dead until a person replays it', async () => {
      let mended = false;
      const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new NeverError('a field is missing') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2'], ['b', 'b1']);
      await eventually(async () => {
        expect(done).toEqual(['b1']);
        expect(await dead()).toHaveLength(1);
      });
      mended = true;
      await order((await dead())[0] as IncomingMessage, 'order-1', 'replay');
      await eventually(() => expect(done).toEqual(['b1', 'a1', 'a2']));
      await eventually(async () =>
        expect(await closed()).toMatchObject([{ orderId: 'order-1', result: 'replayed', eventId: 'a/a1', sequence: 'a', text: 'because' }]),
      );
    });

    it('replays the bytes that a person changed', async () => {
      const { done, handle } = recorder((text) => (text === 'bad' ? new NeverError('bad') : undefined));
      await consume(handle);
      await send(['a', 'bad'], ['a', 'a2']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      const [letter] = await dead();
      const value = (await harness.codec.decode(events.eventRouted, letter?.value ?? null)) as EventRouted;
      const edited = await harness.codec.encode(topic, events.eventRouted, { ...value, sourceEventId: 'good' });
      await order(letter as IncomingMessage, 'edit-1', 'replay', edited);
      await eventually(() => expect(done).toEqual(['good', 'a2']));
    });

    it('says so when a replay fails again, and keeps holding', async () => {
      const { done, handle } = recorder((text) => (text === 'a1' ? new NeverError('still missing') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      await order((await dead())[0] as IncomingMessage, 'order-2', 'replay');
      await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'order-2', result: 'dead-again' }]));
      expect(await dead()).toHaveLength(2);
      expect(done).toEqual([]);
    });

    it('skips without asking the handler, where the handler has no use for it', async () => {
      const { done, attempts, handle } = recorder((text) => (text === 'a1' ? new NeverError('never') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      await order((await dead())[0] as IncomingMessage, 'skip-1', 'skip');
      await eventually(() => expect(done).toEqual(['a2']));
      expect(attempts.filter((attempt) => attempt.startsWith('a1'))).toHaveLength(1);
      await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'skip-1', result: 'skipped' }]));
    });

    it('tells the handler what was decided, where it wants to know', async () => {
      const decided: string[] = [];
      const { done, handle } = recorder((text, { headers }) => {
        const action = headers[names.orderAction];
        if (action) decided.push(`${text} ${action} ${headers[names.orderReference]}`);
        return text === 'a1' && !action ? new NeverError('never') : undefined;
      });
      await consume(handle, { tellHandler: true });
      await send(['a', 'a1'], ['a', 'a2']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      await order((await dead())[0] as IncomingMessage, 'resolve-1', 'resolve');
      await eventually(() => expect(done).toEqual(['a1', 'a2']));
      expect(decided).toEqual(['a1 resolve {"HeadNum":"881"}']);
      await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'resolve-1', result: 'resolved' }]));
    });

    it('carries an order out once, however often it is given', async () => {
      let mended = false;
      const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new NeverError('not yet') : undefined));
      await consume(handle);
      await send(['a', 'a1']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      mended = true;
      const [letter] = await dead();
      for (let i = 0; i < 3; i += 1) await order(letter as IncomingMessage, 'order-3', 'replay');
      await eventually(async () => expect((await closed()).filter(({ orderId }) => orderId === 'order-3')).toHaveLength(3));
      expect(done).toEqual(['a1']);
      expect(new Set((await closed()).map(({ result }) => result))).toEqual(new Set(['replayed']));
    });

    it('answers an order about a message that waits behind a stuck one', async () => {
      const { done, handle } = recorder((text) => (text === 'a1' ? new NeverError('never') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      const [, second] = (await harness.read(topic)).sort((a, b) => Number(a.offset - b.offset));
      const headers = {
        ...textHeaders(second?.headers ?? {}),
        [names.originalTopic]: topic,
        [names.originalPartition]: String(second?.partition),
        [names.originalOffset]: String(second?.offset),
      };
      await order({ ...(second as IncomingMessage), headers }, 'early', 'replay');
      await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'early', result: 'not-applicable', eventId: 'a/a2' }]));
      expect(done).toEqual([]);
    });

    it('replays what was skipped, when a person thinks better of it', async () => {
      let mended = false;
      const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new NeverError('never') : undefined));
      await consume(handle);
      await send(['a', 'a1']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      await order((await dead())[0] as IncomingMessage, 'skip-2', 'skip');
      await eventually(async () => expect(await closed()).toHaveLength(1));
      expect(done).toEqual([]);
      mended = true;
      await order((await dead())[0] as IncomingMessage, 'better', 'replay');
      await eventually(() => expect(done).toEqual(['a1']));
    });

    it('dead-letters an order that does not say what it is about', async () => {
      const { handle } = recorder(() => undefined);
      await consume(handle);
      await harness
        .publisher()
        .publishRaw([
          { topic: `${topic}.${group}.replay`, partition: 0, key: null, value: Buffer.from('x'), headers: { [names.order]: 'o' } },
        ]);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      expect(textHeaders((await dead())[0]?.headers ?? {})).toMatchObject({ [names.errorCode]: 'message.poison' });
    });

    it('marks as held what only a person can judge, and holds its sequence', async () => {
      const { done, handle } = recorder((text) => (text === 'a1' ? new PersonError('two documents') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2'], ['b', 'b1']);
      await eventually(async () => expect(await dead()).toHaveLength(1));
      expect(textHeaders((await dead())[0]?.headers ?? {})).toMatchObject({
        [names.disposition]: 'hold',
        [names.errorCode]: 'test.outcome-unknown',
      });
      await eventually(() => expect(done).toEqual(['b1']));
    });

    it('burns no attempt and climbs no rung while the target is down', async () => {
      let down = true;
      const { done, attempts, handle } = recorder(() => (down ? new DownError('down') : undefined));
      await consume(handle);
      await send(['a', 'a1'], ['a', 'a2']);
      await eventually(() => expect(attempts.length).toBeGreaterThan(3));
      down = false;
      await eventually(() => expect(done).toEqual(['a1', 'a2']));
      expect(new Set(attempts.filter((attempt) => attempt.startsWith('a1')))).toEqual(new Set(['a1#1']));
      expect(await harness.read(`${topic}.${group}.retry.5s`)).toEqual([]);
    });

    it('works at once on a copy whose due time is in the past', async () => {
      const { done, attempts, handle } = recorder((_text, { attempt }) => (attempt < 3 ? new LaterError('not yet') : undefined));
      await consume(handle, { policy: { ...policy, rungs: [{ name: '5s', delayMs: -60_000 }] } });
      await send(['a', 'a1']);
      await eventually(() => expect(done).toEqual(['a1']));
      expect(attempts).toEqual(['a1#1', 'a1#2', 'a1#3']);
    });

    it('leaves a copy alone that is due in forty days, beyond the longest timer', async () => {
      const { done, attempts, handle } = recorder((text) => (text === 'a1' ? new LaterError('not yet') : undefined));
      await consume(handle, { policy: { ...policy, rungs: [{ name: '5s', delayMs: 40 * 24 * 3_600_000 }] } });
      await send(['a', 'a1'], ['b', 'b1']);
      await eventually(async () => expect(await harness.read(`${topic}.${group}.retry.5s`)).toHaveLength(1));
      await send(['b', 'b2']);
      await eventually(() => expect(done).toEqual(['b1', 'b2']));
      expect(attempts.filter((attempt) => attempt.startsWith('a1'))).toEqual(['a1#1']);
    });

    it('stops the group when nearly everything is rejected, and loses nothing by it', async () => {
      const { handle } = recorder(() => new NeverError('we are wrong'));
      await consume(handle, { rejectGuard: { maxRejects: 5, window: 10 } });
      await send(...Array.from({ length: 60 }, (_, i): [string, string] => [`s${i}`, `t${i}`]));
      await eventually(async () => expect((await dead()).length).toBeGreaterThan(5));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect((await dead()).length).toBeLessThan(60);
    });
  });
}
