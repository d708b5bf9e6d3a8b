import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers as names } from '@tributary/contracts';
import type { DeadLetterClosed, EventRouted } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import type { LadderPolicy } from '@tributary/posting';
import { textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import type { LadderOptions } from '../ladder/ladder-options.js';
import type { ParkingLot } from '../ladder/parking-lot.js';
import type { MessageContext, Outgoing, Publisher, RawRecord } from '../message.js';
import { pipelineExceptionFilter } from '../nest.js';
import type { RetryPolicy } from '../retry-policy.js';
import type { WireCodec } from '../wire-codec.js';

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

export class LaterError extends PipelineError {
  readonly code = 'test.later';
  readonly disposition = 'retry';
}
export { NeverError } from './fixture.js';
export class PersonError extends PipelineError {
  readonly code = 'test.outcome-unknown';
  readonly disposition = 'hold';
}
export class DownError extends PipelineError {
  readonly code = 'test.down';
  readonly disposition = 'pause';
}

export type Handle = (text: string, context: MessageContext) => unknown;
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
export const policy: LadderPolicy = {
  rungs: [
    { name: '5s', delayMs: 300 },
    { name: '1m', delayMs: 600 },
  ],
  maxAttempts: 4,
  maxAgeMs: 60_000,
};
const partitions = 3;

/** Everything one case needs: its own topic with the topics of its ladder, members of its group, and what became of its messages. */
export class LadderFixture {
  readonly topic: string;
  readonly group: string;
  private readonly lot: ParkingLot;
  private readonly running: INestMicroservice[] = [];

  constructor(readonly harness: LadderHarness) {
    this.topic = harness.unique('topic');
    this.group = harness.unique('group');
    this.lot = harness.lot();
  }

  readonly open = async (): Promise<void> => {
    const { topic, group, harness } = this;
    for (const suffix of ['', `.${group}.retry.5s`, `.${group}.retry.1m`, `.${group}.replay`])
      await harness.createTopic(topic + suffix, partitions);
    await harness.createTopic(`${topic}.${group}.dlq`, 1);
  };

  readonly close = async (): Promise<void> => {
    await Promise.all(this.running.splice(0).map((app) => app.close()));
  };

  /** A Nest microservice with one handler and a ladder: a member of the case's group. */
  readonly consume = async (
    handle: Handle,
    options: Partial<LadderOptions> & { rejectGuard?: { maxRejects: number; window: number } } = {},
  ): Promise<INestMicroservice> => {
    const { rejectGuard, ...ladder } = options;
    const strategy = this.harness.transport({
      groupId: this.group,
      topics: [this.topic],
      policy: quick,
      ladder: { lot: this.lot, policy, ...ladder },
      ...(rejectGuard ? { rejectGuard } : {}),
    });
    const module = {
      module: LadderModule,
      controllers: [LadderConsumer],
      providers: [{ provide: HANDLE, useValue: handle }, pipelineExceptionFilter],
    };
    const app = await NestFactory.createMicroservice(module, { strategy, logger: false });
    this.running.push(app);
    await app.listen();
    return app;
  };

  /** `text` of sequence `sequence`; all of one customer, so they are in one partition and in one order. */
  readonly send = (...messages: [sequence: string, text: string, key?: string][]): Promise<void> =>
    this.harness.publisher().publish(
      messages.map(([sequence, text, key = 'cus_1']): Outgoing => ({
        event: events.eventRouted,
        topic: this.topic,
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

  readonly dead = (): Promise<IncomingMessage[]> => this.harness.read(`${this.topic}.${this.group}.dlq`);

  /** What the ladder of this group has said. */
  readonly words = async <Value>(type: string): Promise<Value[]> => {
    const records = (await this.harness.read(this.harness.pipeline)).filter((record) => textHeaders(record.headers)[names.type] === type);
    const definition = type === events.messageParked.type ? events.messageParked : events.deadLetterClosed;
    const values = await Promise.all(records.map((record) => this.harness.codec.decode(definition, record.value)));
    return (values as (Value & { consumerGroup: string })[]).filter(({ consumerGroup }) => consumerGroup === this.group);
  };

  readonly closed = (): Promise<DeadLetterClosed[]> => this.words<DeadLetterClosed>(events.deadLetterClosed.type);

  /** A person's decision about a dead letter. */
  readonly order = async (letter: IncomingMessage, id: string, action: string, value = letter.value): Promise<void> => {
    const text = textHeaders(letter.headers);
    const record: RawRecord = {
      topic: `${this.topic}.${this.group}.replay`,
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
    await this.harness.publisher().publishRaw([record]);
  };
}

/** A handler that records what it has done, and fails as long as `fails` says so. */
export function recorder(fails: (text: string, context: MessageContext) => Error | undefined) {
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
