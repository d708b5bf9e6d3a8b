import { topics as names } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { defaultRejectGuardPolicy } from '@tributary/posting';
import type { RejectGuardPolicy } from '@tributary/posting';
import { deadLetterHeaders } from './envelope.js';
import type { Failure, IncomingMessage } from './envelope.js';
import { Gate } from './gate.js';
import { dueAtOf } from './ladder/copies.js';
import { PartitionLadder } from './ladder/partition-ladder.js';
import type { LadderOptions } from './ladder/partition-ladder.js';
import type { MessageProcessor } from './message-processor.js';
import type { Publisher } from './message.js';
import type { MessagingMetrics } from './metrics.js';
import { PartitionWorker } from './partition-worker.js';
import type { Clock } from './partition-worker.js';
import { defaultRetryPolicy, quickRetryPolicy, RejectGuard } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';
import { Slots } from './slots.js';

/** What a failure with disposition `pause` holds. */
export interface BreakerOptions {
  /** `partition` (default): each has its own breaker. `consumer`: all have one target, and it is left alone as a whole. */
  readonly scope?: 'partition' | 'consumer';
  /** Failures in a row after which it opens. Default 1. */
  readonly failuresToOpen?: number;
}

export interface WorkersOptions {
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
  readonly log?: ((level: 'error' | 'warn' | 'info', message: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
  onHold(topic: string, partition: number, held: boolean): void;
  onFinished(topic: string, partition: number): void;
  /** Too many rejects: the group has to stop. */
  onStop(reason: string): void;
}

/** Copies wait for the worker of their partition, and that is all they do here. */
const copiesAtOnce = 1_000;
const openAgainMs = 5_000;

/**
 * Makes the workers of a consumer and connects them: those of one partition number with their ladder, and with the gate of their
 * target. The same for every transport.
 */
export class Workers {
  /** Everything that has to be consumed: the topics, and where there is a ladder their delay and replay topics. */
  readonly topics: readonly string[];
  private readonly gate: Gate;
  private readonly slots: Slots | undefined;
  /** Of partitions that have one of their own, by `topic/partition`. */
  private readonly gates = new Map<string, Gate>();
  private readonly guard: RejectGuard;
  private readonly policy: RetryPolicy;
  /** Delay or replay topic -> the topic whose messages are in it. */
  private readonly copiesOf = new Map<string, string>();
  private readonly ladders = new Map<string, PartitionLadder>();
  private readonly workers = new Map<string, PartitionWorker>();
  private closed = false;

  constructor(private readonly options: WorkersOptions) {
    const { ladder, groupId } = options;
    this.policy = options.policy ?? (ladder ? quickRetryPolicy : defaultRetryPolicy);
    this.slots = options.maxConcurrent === undefined ? undefined : new Slots(options.maxConcurrent);
    this.gate = this.newGate(this.slots);
    this.guard = new RejectGuard(options.rejectGuard ?? defaultRejectGuardPolicy);
    if (ladder)
      for (const topic of options.topics)
        for (const copies of [...ladder.policy.rungs.map(({ name }) => names.retry(topic, groupId, name)), names.replay(topic, groupId)])
          this.copiesOf.set(copies, topic);
    this.topics = [...options.topics, ...this.copiesOf.keys()];
  }

  /** @param mayStart see {@link PartitionWorkerOptions.mayStart}. */
  make(topic: string, partition: number, mayStart?: () => boolean): PartitionWorker {
    const original = this.copiesOf.get(topic);
    const worker = original === undefined ? this.makeWorker(topic, partition, mayStart) : this.makeCopyWorker(original, topic, partition);
    this.workers.set(`${topic}/${partition}`, worker);
    return worker;
  }

  /** Not before that may a message be taken in, milliseconds. Only delay and replay topics have due times: elsewhere the header is data. */
  dueAt(message: IncomingMessage): number | undefined {
    return this.copiesOf.has(message.topic) ? dueAtOf(message.headers, this.options.clock.now()) : undefined;
  }

  /** The partition went to another member. */
  lost(topic: string, partition: number): void {
    const name = `${topic}/${partition}`;
    this.workers.delete(name);
    this.ladders.get(name)?.close();
    this.ladders.delete(name);
    this.gates.get(name)?.close();
    this.gates.delete(name);
  }

  close(): void {
    this.closed = true;
    this.gate.close();
    for (const gate of this.gates.values()) gate.close();
    for (const ladder of this.ladders.values()) ladder.close();
  }

  private makeWorker(topic: string, partition: number, mayStart: (() => boolean) | undefined): PartitionWorker {
    const { groupId, metrics, log, concurrency, processor, clock } = this.options;
    const ladder = this.makeLadder(topic, partition);
    return new PartitionWorker({
      concurrency,
      policy: this.policy,
      clock,
      mayStart,
      gate: this.options.breaker?.scope === 'consumer' ? this.gate : this.gateOf(topic, partition, this.slots),
      process: (message, attempt, signal) =>
        ladder ? ladder.process(message, attempt, signal) : processor.process(message, attempt, signal),
      deadLetter: (message, failure) => (ladder ? ladder.settle(message, failure) : this.deadLetter(topic, message, failure)),
      onHold: (held, error) => this.held(topic, partition, held, error),
      onRetry: (message, error, inMs) => {
        metrics.count('messages_retried_total', { group: groupId, code: errorCodeOf(error) });
        log?.('warn', `${topic}/${partition}/${message.offset} is tried again in ${inMs} ms: ${textOf(error)}`, {
          code: errorCodeOf(error),
        });
      },
      onFinished: (_message, failure) => this.finished(topic, partition, failure),
    });
  }

  /** A delay or replay topic: each copy is given to its ladder, which has it worked on beside the messages of its own key. */
  private makeCopyWorker(original: string, topic: string, partition: number): PartitionWorker {
    const { clock } = this.options;
    return new PartitionWorker({
      concurrency: copiesAtOnce,
      policy: { ...this.policy, maxAttempts: 1 },
      clock,
      gate: this.gateOf(topic, partition),
      process: async (copy) => {
        const ladder = this.ladders.get(`${original}/${partition}`);
        if (!ladder) throw new Error(`working on ${topic}/${partition}/${copy.offset}: ${original}/${partition} is not of this member`);
        await ladder.returned(copy);
      },
      deadLetter: (copy, failure) => this.deadLetter(original, copy, failure),
      onHold: (held, error) => this.held(topic, partition, held, error),
      onFinished: (_copy, failure) => this.finished(topic, partition, failure),
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
      inject: async (message, once) => this.workers.get(name)?.inject(message, once),
      log: (level, message, fields) => log?.(level, message, fields),
    });
    this.ladders.set(name, made);
    this.open(name, made);
    return made;
  }

  /** What was being released when the former owner ended goes on even when no message comes. */
  private open(name: string, ladder: PartitionLadder): void {
    ladder.open().catch((error: unknown) => {
      if (this.closed || this.ladders.get(name) !== ladder) return;
      this.options.log?.('warn', `reading what is parked in ${name}: ${textOf(error)}; tried again`, { code: errorCodeOf(error) });
      this.options.clock.after(openAgainMs, () => this.open(name, ladder));
    });
  }

  private gateOf(topic: string, partition: number, slots?: Slots): Gate {
    const gate = this.newGate(slots);
    this.gates.set(`${topic}/${partition}`, gate);
    return gate;
  }

  private newGate(slots?: Slots): Gate {
    const { breaker, clock } = this.options;
    return new Gate({ failuresToOpen: breaker?.failuresToOpen ?? 1, probeDelaysMs: this.policy.pauseDelaysMs }, clock, slots);
  }

  private held(topic: string, partition: number, held: boolean, error: unknown): void {
    if (held && error !== undefined) {
      this.options.metrics.count('partition_holds_total', { group: this.options.groupId, code: errorCodeOf(error) });
      this.options.log?.('warn', `${topic}/${partition} is held: ${textOf(error)}`, { code: errorCodeOf(error) });
    }
    this.options.onHold(topic, partition, held);
  }

  private finished(topic: string, partition: number, failure: Failure | undefined): void {
    this.options.onFinished(topic, partition);
    if (!this.guard.end(failure?.disposition === 'reject')) return;
    const { maxRejects, window } = this.options.rejectGuard ?? defaultRejectGuardPolicy;
    this.options.onStop(
      `group ${this.options.groupId} stopped itself: more than ${maxRejects} of the last ${window} messages were dead-lettered. Mend the cause, replay the dead letters, restart`,
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
