import { dispositionOf, retryAfterMsOf } from '@tributary/domain';
import type { Disposition } from '@tributary/domain';
import { failureOf } from './failure.js';
import type { Failure } from './failure.js';
import type { IncomingMessage } from './envelope.js';
import { OffsetTracker } from './offset-tracker.js';
import type { PartitionWorkerOptions } from './partition-worker-options.js';
import { nextRetryMs, retryAfterDelayMs } from './retry-policy.js';
import { Timers } from './timers.js';

export type { PartitionWorkerOptions } from './partition-worker-options.js';

interface Item {
  readonly message: IncomingMessage;
  /** Set for messages that were not read from this partition: settled when the message is finished. */
  readonly injected: { resolve(): void; reject(error: unknown): void } | undefined;
  /** It has waited on a delay topic: no quick retries. */
  readonly skipQuickRetries: boolean;
  failures: number;
  firstFailureAt: number;
  /** Set once the message is given up: only writing it to a delay or dead letter topic is retried. */
  terminalFailure: Failure | undefined;
}

interface KeyQueue {
  readonly items: Item[];
  running: boolean;
  delayed: boolean;
}

/**
 * The messages of one partition: in order per key, concurrent across keys, offsets only of the finished prefix. A retried message
 * holds back its own key; the circuit breaker counts every `pause` and holds everything back while the target is unavailable.
 */
export class PartitionWorker {
  private readonly ledger = new OffsetTracker();
  private readonly keys = new Map<string, KeyQueue>();
  private readonly ready: string[] = [];
  private readonly abort = new AbortController();
  private readonly timers: Timers;
  private running = 0;
  /** Due time of the next retry record; nothing is taken in before. 0: none. */
  private dueAt = 0;
  private closed = false;
  private closing: Promise<void> | undefined;
  private waiters: (() => void)[] = [];

  private readonly unsubscribe: () => void;
  private readonly roomAgain = (): void => this.schedule();

  constructor(private readonly options: PartitionWorkerOptions) {
    this.timers = new Timers(options.clock);
    this.unsubscribe = options.breaker.onChange((open, error) => {
      if (this.closed) return;
      if (!open) this.schedule();
      this.options.onPause(this.isPaused, error);
      this.notify();
    });
  }

  /** Takes a message. @returns false when it is already known (a redelivery) or the worker is closed. */
  admit(message: IncomingMessage): boolean {
    if (this.closed || !this.ledger.deliver(message.offset)) return false;
    this.enqueue({ message, injected: undefined, skipQuickRetries: false, failures: 0, firstFailureAt: 0, terminalFailure: undefined });
    return true;
  }

  /**
   * Takes a message that was not read from this partition now (a retry record, a parked message): in order with the others of its key,
   * without an offset to finish. Resolves when it is finished or given up.
   * @param skipQuickRetries its first failure gives it up: it has waited on a delay topic, and quick retries would only use up its attempts.
   * @throws {Error} when the worker closes first: the caller's record is read again.
   */
  inject(message: IncomingMessage, skipQuickRetries = false): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(partitionLost(message));
      this.enqueue({
        message,
        injected: { resolve, reject },
        skipQuickRetries,
        failures: 0,
        firstFailureAt: 0,
        terminalFailure: undefined,
      });
    });
  }

  /** Pauses the partition until then; messages in work continue. @param at milliseconds. */
  waitUntil(at: number): void {
    if (this.closed || at <= this.dueAt) return;
    this.dueAt = at;
    this.options.onPause(true);
    this.wakeAt(at);
  }

  private wakeAt(at: number): void {
    // Timers have a longest delay: a later due time takes several of them.
    this.timers.later(Math.max(1, at - this.options.clock.now()), () => {
      if (this.dueAt !== at) return;
      if (this.options.clock.now() < at - 1) return this.wakeAt(at);
      this.dueAt = 0;
      this.options.onPause(this.isPaused);
    });
  }

  private enqueue(item: Item): void {
    const { message } = item;
    // Without a key there is no order to keep: its own queue.
    const key = message.key ? message.key.toString('base64') : `offset ${message.offset}`;
    const queue = this.keys.get(key) ?? { items: [], running: false, delayed: false };
    this.keys.set(key, queue);
    queue.items.push(item);
    if (queue.items.length === 1) this.ready.push(key);
    this.schedule();
  }

  /** Starts messages that `mayStart` held back, if they may start now. */
  wake(): void {
    this.schedule();
  }

  endOfBatch(last: bigint): void {
    this.ledger.endOfBatch(last);
  }

  get committable(): bigint | undefined {
    return this.ledger.committable;
  }

  get unfinished(): number {
    return this.ledger.unfinished;
  }

  /** Whether nothing should be fetched now: the target is unavailable, or the next retry record is not due. */
  get isPaused(): boolean {
    return this.options.breaker.isOpen || this.dueAt > 0;
  }

  get runningNow(): number {
    return this.running;
  }

  /** Resolves when nothing runs and nothing could run now: everything is finished, delayed or held back. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** Starts nothing new. Running handlers may finish within the grace period, then their signal is aborted; unfinished messages stay uncommitted. */
  close(graceMs: number): Promise<void> {
    // A second stop (a signal after the group stopped itself) waits for the first.
    this.closing ??= this.closeOnce(graceMs);
    return this.closing;
  }

  private async closeOnce(graceMs: number): Promise<void> {
    this.shut();
    if (this.running === 0 || this.abort.signal.aborted) return;
    const cancel = this.options.clock.after(graceMs, () => this.abort.abort());
    const afterAbort = new Promise<void>((resolve) => {
      // A handler that ignores its signal cannot keep the process alive: it is left behind.
      this.abort.signal.addEventListener('abort', () => void this.options.clock.after(1_000, resolve), { once: true });
    });
    await Promise.race([new Promise<void>((resolve) => this.waiters.push(resolve)), afterAbort]);
    cancel();
  }

  /** Another member has the partition: stop at once, commit nothing more. */
  abandon(): void {
    this.shut();
    this.abort.abort();
  }

  private shut(): void {
    this.closed = true;
    this.unsubscribe();
    this.timers.close();
    for (const { items, running } of this.keys.values())
      for (const item of running ? items.slice(1) : items) item.injected?.reject(partitionLost(item.message));
  }

  private isIdle(): boolean {
    return this.running === 0 && (this.closed || this.options.breaker.isOpen || this.ready.length === 0 || !this.mayStart());
  }

  private mayStart(): boolean {
    return this.options.mayStart?.() ?? true;
  }

  private notify(): void {
    if (!this.isIdle()) return;
    const { waiters } = this;
    this.waiters = [];
    for (const waiter of waiters) waiter();
  }

  private schedule(): void {
    while (!this.closed && this.running < this.options.concurrency && this.mayStart()) {
      const key = this.ready[0];
      const queue = key === undefined ? undefined : this.keys.get(key);
      if (key === undefined) break;
      if (!queue || queue.items.length === 0) {
        this.ready.shift();
        continue;
      }
      // The breaker guards the target. Writing a given-up message does not call it.
      const gated = queue.items[0]?.terminalFailure === undefined;
      if (gated && !this.options.breaker.tryAcquire(this.roomAgain)) break;
      this.ready.shift();
      queue.running = true;
      this.running += 1;
      void this.run(key, queue);
    }
    this.notify();
  }

  private async run(key: string, queue: KeyQueue): Promise<void> {
    const item = queue.items[0] as Item;
    const { terminalFailure } = item;
    try {
      if (terminalFailure) await this.options.deadLetter(item.message, terminalFailure);
      else await this.options.process(item.message, item.failures + 1, this.abort.signal);
      if (!terminalFailure) this.options.breaker.recordSuccess();
      this.finish(queue, item);
    } catch (error) {
      if (this.abort.signal.aborted) {
        if (!terminalFailure) this.options.breaker.release();
        item.injected?.reject(error);
      } else this.fail(key, queue, item, error);
    }
    queue.running = false;
    this.running -= 1;
    if (queue.items.length === 0) this.keys.delete(key);
    else if (!queue.delayed && !this.ready.includes(key)) this.ready.push(key);
    this.schedule();
  }

  private finish(queue: KeyQueue, item: Item): void {
    if (this.closed && this.abort.signal.aborted) return item.injected?.reject(partitionLost(item.message));
    queue.items.shift();
    if (item.injected) item.injected.resolve();
    else this.ledger.finish(item.message.offset);
    this.options.onFinished(item.message, item.terminalFailure);
  }

  private fail(key: string, queue: KeyQueue, item: Item, error: unknown): void {
    const now = this.options.clock.now();
    const { breaker } = this.options;
    // A given-up message that cannot be written now (Kafka or the parking lot is unavailable) waits like everything else that needs them.
    const disposition = item.terminalFailure ? 'pause' : dispositionOf(error);
    if (disposition === 'pause') {
      breaker.recordFailure(error);
      this.delay(key, queue, breaker.shortestWaitMs);
      return;
    }
    breaker.recordSuccess(); // the target answered
    // A pause is not a failure of the message: neither its attempts nor its age start with it.
    if (item.firstFailureAt === 0) item.firstFailureAt = now;
    const retryMs = this.nextTry(item, error, disposition, now - item.firstFailureAt);
    if (retryMs === undefined) {
      item.terminalFailure = failureOf(error, disposition, { attempts: item.failures, firstAt: item.firstFailureAt, lastAt: now });
      return; // stays at the head of its queue: the next run gives it up
    }
    this.options.onRetry?.(item.message, error, retryMs);
    this.delay(key, queue, retryMs);
  }

  /** The delay before the next attempt, milliseconds; undefined when the message is given up. Counts the attempt, if it consumes one. */
  private nextTry(item: Item, error: unknown, disposition: Disposition, ageMs: number): number | undefined {
    const { policy } = this.options;
    const requestedMs = retryAfterMsOf(error);
    const retryAfterMs = requestedMs === undefined ? undefined : retryAfterDelayMs(policy, requestedMs, ageMs);
    if (retryAfterMs !== undefined) return retryAfterMs;
    item.failures += 1;
    // The other side asked for a longer wait than this key may be held back: it goes to the ladder.
    return disposition === 'retry' && requestedMs === undefined && !item.skipQuickRetries
      ? nextRetryMs(policy, item.failures, ageMs)
      : undefined;
  }

  private delay(key: string, queue: KeyQueue, ms: number): void {
    queue.delayed = true;
    this.timers.later(ms, () => {
      queue.delayed = false;
      this.ready.push(key);
      this.schedule();
    });
  }
}

function partitionLost(message: IncomingMessage): Error {
  return new Error(
    `working on ${message.topic}/${message.partition}/${message.offset}: the partition went to another member, or the process stops`,
  );
}
