import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers } from '@tributary/contracts';
import type { EventRouted } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import { textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import type { MessageContext, Outgoing, Publisher, RawRecord } from '../message.js';
import { pipelineExceptionFilter } from '../nest.js';
import type { RetryPolicy } from '../retry-policy.js';
import type { BreakerOptions } from '../breaker-options.js';
import { eventually } from './eventually.js';

/** How a case wants its consumer. */
export interface ConsumeOptions {
  readonly concurrency?: number;
  readonly policy?: RetryPolicy;
  readonly unhandled?: 'skip' | 'dead-letter';
  readonly breaker?: BreakerOptions;
  readonly rejectGuard?: { readonly maxRejects: number; readonly window: number };
}

/** What the suite needs of a transport and its broker. */
export interface TransportHarness {
  /** Topics and groups of their own for every test. */
  unique(prefix: string): string;
  createTopic(name: string, partitions: number): Promise<void>;
  transport(options: ConsumeOptions & { groupId: string; topics: string[]; policy: RetryPolicy }): CustomTransportStrategy;
  publisher(): Publisher;
  /** All records of a topic so far, by partition and offset. */
  read(topic: string): Promise<IncomingMessage[]>;
  /** Offset that the group would go on at, per partition with any. */
  committed(groupId: string, topic: string): Promise<Map<number, bigint>>;
}

export class TryAgainError extends PipelineError {
  readonly code = 'test.try-again';
  readonly disposition = 'retry';
}
export class TargetDownError extends PipelineError {
  readonly code = 'test.target-down';
  readonly disposition = 'pause';
}
export class NeverError extends PipelineError {
  readonly code = 'test.never';
  readonly disposition = 'reject';
}

export type Handle = (value: EventRouted, context: MessageContext) => unknown;
const HANDLE = Symbol('handle');

@Controller()
class TestConsumer {
  constructor(@Inject(HANDLE) private readonly handle: Handle) {}

  @EventPattern<string>(events.eventRouted.type)
  onRouted(@Payload() value: EventRouted, @Ctx() context: MessageContext): unknown {
    return this.handle(value, context);
  }
}

const SECOND = Symbol('second handle');

/** Another handler of the same event, in the same service. */
@Controller()
class SecondConsumer {
  constructor(@Inject(SECOND) private readonly handle: Handle) {}

  @EventPattern<string>(events.eventRouted.type)
  onRouted(@Payload() value: EventRouted, @Ctx() context: MessageContext): unknown {
    return this.handle(value, context);
  }
}

@Module({})
class TestModule {}

/** Short waits, so that a case is over soon; what is asserted is order and counts, never these times. */
export const fast: RetryPolicy = { delaysMs: [20, 40], maxAttempts: 3, maxAgeMs: 60_000, pauseDelaysMs: [100] };
const partitions = 3;

/** Everything one case needs: its own topic and group, members, and what became of its messages. */
export class Fixture {
  readonly topic: string;
  readonly group: string;
  private readonly running: INestMicroservice[] = [];

  constructor(readonly harness: TransportHarness) {
    this.topic = harness.unique('topic');
    this.group = harness.unique('group');
  }

  readonly open = async (): Promise<void> => {
    const names = [this.topic, `${this.topic}.${this.group}.dlq`];
    await Promise.all(names.map((name) => this.harness.createTopic(name, partitions)));
  };

  readonly close = async (): Promise<void> => {
    await Promise.all(this.running.splice(0).map((app) => app.close()));
  };

  /** A Nest microservice with one handler: a member of the case's group. */
  readonly consume = async (
    handle: Handle,
    options: ConsumeOptions & { topics?: string[]; second?: Handle } = {},
  ): Promise<INestMicroservice> => {
    const { second, ...wanted } = options;
    const module = {
      module: TestModule,
      controllers: second ? [TestConsumer, SecondConsumer] : [TestConsumer],
      providers: [{ provide: HANDLE, useValue: handle }, { provide: SECOND, useValue: second }, pipelineExceptionFilter],
    };
    const strategy = this.harness.transport({ groupId: this.group, topics: [this.topic], policy: fast, ...wanted });
    const app = await NestFactory.createMicroservice(module, { strategy, logger: false });
    this.running.push(app);
    await app.listen();
    return app;
  };

  /** Ends one member before the case ends. */
  readonly stop = async (app: INestMicroservice): Promise<void> => {
    this.running.splice(this.running.indexOf(app), 1);
    await app.close();
  };

  readonly message = (key: string, text: string, id = `${key}-${text}`): Outgoing => {
    const value: EventRouted = {
      sourceEventId: text,
      canonicalEventId: id,
      canonicalType: 'x',
      postings: [],
      ignoredReason: null,
      ignoredText: null,
    };
    return { event: events.eventRouted, topic: this.topic, key, id, value };
  };

  readonly publish = (...messages: Outgoing[]): Promise<void> => {
    return this.harness.publisher().publish(messages);
  };

  /** `text` under `key`, in this order. */
  readonly send = (...messages: [key: string, text: string][]): Promise<void> => {
    return this.publish(...messages.map(([key, text]) => this.message(key, text)));
  };

  /** Bytes as they come from elsewhere. */
  readonly sendRaw = (
    ...records: { key?: string | null; value: Buffer | null; type?: string; headers?: RawRecord['headers'] }[]
  ): Promise<void> => {
    return this.harness.publisher().publishRaw(
      records.map(({ key = 'a', value, type, headers: more }) => ({
        topic: this.topic,
        key: key === null ? null : Buffer.from(key),
        value,
        headers: { ...(type === undefined ? {} : { [headers.type]: type }), ...more },
      })),
    );
  };

  readonly log = (): Promise<IncomingMessage[]> => {
    return this.harness.read(this.topic);
  };

  readonly deadLetters = (): Promise<IncomingMessage[]> => {
    return this.harness.read(`${this.topic}.${this.group}.dlq`);
  };

  readonly deadCodes = async (): Promise<(string | undefined)[]> => {
    return (await this.deadLetters()).map((letter) => textHeaders(letter.headers)[headers.errorCode]);
  };

  /** Everything committed, over all partitions. */
  readonly committed = async (): Promise<number> => {
    const offsets = await this.harness.committed(this.group, this.topic);
    return Number([...offsets.values()].reduce((total, offset) => total + offset, 0n));
  };

  /** Until the group stands behind so many messages. */
  readonly settled = (messages: number): Promise<void> => {
    return eventually(async () => expect(await this.committed()).toBe(messages));
  };
}

/** A fixture per case; for use inside a `describe`. */
export function useFixture(makeHarness: () => TransportHarness): () => Fixture {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = new Fixture(makeHarness());
    await fixture.open();
  });
  afterEach(() => fixture.close());
  return () => fixture;
}

export const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
