import { topics as names } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { defaultRejectGuardPolicy } from '@tributary/posting';
import type { RejectGuardPolicy } from '@tributary/posting';
import type { IncomingMessage } from './envelope.js';
import { deadLetterHeaders } from './dead-letter-headers.js';
import type { Failure } from './failure.js';
import { dueAtOf } from './ladder/retry-record.js';
import { PartitionLadder } from './ladder/partition-ladder.js';
import type { LadderOptions } from './ladder/ladder-options.js';
import type { MessageProcessor } from './message-processor.js';
import type { Publisher } from './message.js';
import type { MessagingMetrics } from './metrics.js';
import type { BreakerFailure } from './circuit-breaker.js';
import { PartitionBreakers } from './partition-breakers.js';
import type { BreakerOptions } from './breaker-options.js';
import { PartitionWorker } from './partition-worker.js';
import type { Clock } from './clock.js';
import { RejectGuard } from './reject-guard.js';
import { defaultRetryPolicy, quickRetryPolicy } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';
import { checkSeal } from './seal/check-seal.js';
import type { MessageSeals } from './seal/message-seals.js';
import { isSealCode } from './seal/seal.errors.js';

/** The surroundings of all partition workers of one consumer. */
export interface PartitionWorkersOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly processor: MessageProcessor;
  readonly publisher: Publisher;
  readonly metrics: MessagingMetrics;
  readonly clock: Clock;
  readonly concurrency: number;
  readonly policy?: RetryPolicy | undefined;
  /** Messages in work at once over all partitions: the target's limit. Default: `concurrency` per partition is the only one. */
  readonly maxConcurrent?: number | undefined;
  readonly breaker?: BreakerOptions | undefined;
  readonly ladder?: LadderOptions | undefined;
  readonly rejectGuard?: RejectGuardPolicy | undefined;
  readonly seals?: MessageSeals | undefined;
  readonly log?: ((level: 'error' | 'warn' | 'info', message: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
  onPause(topic: string, partition: number, held: boolean): void;
  onFinished(topic: string, partition: number): void;
  /** Too many rejects: the group has to stop. */
  onStop(reason: string): void;
}

/** Retry records only wait for the worker of their partition here. */
const retryRecordsAtOnce = 1_000;
const openAgainMs = 5_000;

/**
 * Creates the workers of a consumer, and connects those of one partition number with their ladder and with the circuit breaker of their
 * target. The same for every transport.
 */
export class PartitionWorkers {
  /** Everything that has to be consumed: the topics, and where there is a ladder their delay and replay topics. */
  readonly topics: readonly string[];
  private readonly breakers: PartitionBreakers;
  private readonly guard: RejectGuard;
  private readonly policy: RetryPolicy;
  /** Delay or replay topic -> the topic whose messages are in it. */
  private readonly topicOfRetryTopic = new Map<string, string>();
  private readonly ladders = new Map<string, PartitionLadder>();
  private readonly workers = new Map<string, PartitionWorker>();
  private closed = false;

  constructor(private readonly options: PartitionWorkersOptions) {
    const { ladder, groupId } = options;
    this.policy = options.policy ?? (ladder ? quickRetryPolicy : defaultRetryPolicy);
    this.breakers = new PartitionBreakers(options, this.policy, options.clock);
    this.guard = new RejectGuard(options.rejectGuard ?? defaultRejectGuardPolicy);
    if (ladder)
      for (const topic of options.topics)
        for (const copies of [...ladder.policy.rungs.map(({ name }) => names.retry(topic, groupId, name)), names.replay(topic, groupId)])
          this.topicOfRetryTopic.set(copies, topic);
    this.topics = [...options.topics, ...this.topicOfRetryTopic.keys()];
  }

  /** @param mayStart see {@link PartitionWorkerOptions.mayStart}. */
  make(topic: string, partition: number, mayStart?: () => boolean): PartitionWorker {
    const original = this.topicOfRetryTopic.get(topic);
    const worker = original === undefined ? this.makeWorker(topic, partition, mayStart) : this.makeRetryWorker(original, topic, partition);
    this.workers.set(`${topic}/${partition}`, worker);
    return worker;
  }

  /** Earliest time at which a message may be taken in, milliseconds. Only delay and replay topics have due times; elsewhere the header is data. */
  dueAt(message: IncomingMessage): number | undefined {
    return this.topicOfRetryTopic.has(message.topic) ? dueAtOf(message.headers, this.options.clock.now()) : undefined;
  }

  /** Why the target of all partitions is left alone; undefined: it answers, or there is no such target. */
  get breakerFailure(): BreakerFailure | undefined {
    return this.breakers.failure;
  }

  /** The partition went to another member. */
  lost(topic: string, partition: number): void {
    const name = `${topic}/${partition}`;
    this.workers.delete(name);
    this.ladders.get(name)?.close();
    this.ladders.delete(name);
    this.breakers.remove(topic, partition);
  }

  close(): void {
    this.closed = true;
    this.breakers.close();
    for (const ladder of this.ladders.values()) ladder.close();
  }

  private makeWorker(topic: string, partition: number, mayStart: (() => boolean) | undefined): PartitionWorker {
    const { groupId, metrics, log, concurrency, processor, clock, seals } = this.options;
    const ladder = this.makeLadder(topic, partition);
    return new PartitionWorker({
      concurrency,
      policy: this.policy,
      clock,
      mayStart,
      breaker: this.breakers.ofTarget(topic, partition),
      process: async (message, attempt, signal) => {
        // What the ladder gives back was checked when it came.
        if (seals && !ladder?.holds(message) && processor.handles(message)) checkSeal(seals, message, false);
        await (ladder ? ladder.process(message, attempt, signal) : processor.process(message, attempt, signal));
      },
      // A message that nobody here made blocks no sequence.
      deadLetter: (message, failure) =>
        ladder && !isSealCode(failure.code) ? ladder.settle(message, failure) : this.deadLetter(topic, message, failure),
      onPause: (paused, error) => this.paused(topic, partition, paused, error),
      onRetry: (message, error, inMs) => {
        metrics.count('messages_retried_total', { group: groupId, code: errorCodeOf(error) });
        log?.('warn', `${topic}/${partition}/${message.offset} retried in ${inMs} ms: ${textOf(error)}`, {
          code: errorCodeOf(error),
        });
      },
      onFinished: (_message, failure) => this.finished(topic, partition, failure),
    });
  }

  /** Worker of a delay or replay topic: hands each record to its ladder, which queues the message with the others of its key. */
  private makeRetryWorker(original: string, topic: string, partition: number): PartitionWorker {
    const { clock, seals } = this.options;
    return new PartitionWorker({
      concurrency: retryRecordsAtOnce,
      policy: { ...this.policy, maxAttempts: 1 },
      clock,
      breaker: this.breakers.ofRetryTopic(topic, partition),
      process: async (record) => {
        const ladder = this.ladders.get(`${original}/${partition}`);
        if (!ladder)
          throw new Error(`working on ${topic}/${partition}/${record.offset}: ${original}/${partition} is not assigned to this member`);
        if (seals) checkSeal(seals, record, true);
        await ladder.returned(record);
      },
      deadLetter: (record, failure) => this.deadLetter(original, record, failure),
      onPause: (paused, error) => this.paused(topic, partition, paused, error),
      onFinished: (_record, failure) => this.finished(topic, partition, failure),
    });
  }

  private makeLadder(topic: string, partition: number): PartitionLadder | undefined {
    const { ladder, groupId, processor, publisher, metrics, clock, log } = this.options;
    if (!ladder) return undefined;
    const name = `${topic}/${partition}`;
    const made: PartitionLadder = new PartitionLadder({
      ...ladder,
      group: groupId,
      topic,
      partition,
      publisher,
      metrics,
      clock,
      work: (message, attempt, signal) => processor.process(message, attempt, signal),
      inject: async (message, skipQuickRetries) => this.workers.get(name)?.inject(message, skipQuickRetries),
      log: (level, message, fields) => log?.(level, message, fields),
    });
    this.ladders.set(name, made);
    this.open(name, made);
    return made;
  }

  /** Continues releases that the former owner left unfinished, even when no message arrives. */
  private open(name: string, ladder: PartitionLadder): void {
    ladder.open().catch((error: unknown) => {
      if (this.closed || this.ladders.get(name) !== ladder) return;
      this.options.log?.('warn', `reading what is parked in ${name}: ${textOf(error)}; retrying`, { code: errorCodeOf(error) });
      this.options.clock.after(openAgainMs, () => this.open(name, ladder));
    });
  }

  private paused(topic: string, partition: number, paused: boolean, error: unknown): void {
    if (paused && error !== undefined) {
      this.options.metrics.count('partition_holds_total', { group: this.options.groupId, code: errorCodeOf(error) });
      this.options.log?.('warn', `${topic}/${partition} paused: ${textOf(error)}`, { code: errorCodeOf(error) });
    }
    this.options.onPause(topic, partition, paused);
  }

  private finished(topic: string, partition: number, failure: Failure | undefined): void {
    this.options.onFinished(topic, partition);
    if (!this.guard.record(failure?.disposition === 'reject')) return;
    const { maxRejects, window } = this.options.rejectGuard ?? defaultRejectGuardPolicy;
    this.options.onStop(
      `group ${this.options.groupId} stopped itself: more than ${maxRejects} of the last ${window} messages were dead-lettered. Fix the cause, replay the dead letters, restart`,
    );
  }

  private async deadLetter(topic: string, message: IncomingMessage, failure: Failure): Promise<void> {
    const { groupId, publisher, metrics, log } = this.options;
    const into = names.deadLetters(topic, groupId);
    await publisher.publishRaw([
      { topic: into, key: message.key, value: message.value, headers: deadLetterHeaders(message, groupId, failure) },
    ]);
    metrics.count('messages_dead_lettered_total', { group: groupId, code: failure.code });
    const where = `${message.topic}/${message.partition}/${message.offset}`;
    log?.('error', `${where} went to ${into} after ${failure.attempts} attempts: ${failure.code}: ${failure.text}`, { ...failure.context });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
