import { afterFailure } from './after-failure.js';
import { DuePause } from './due-pause.js';
import type { IncomingMessage } from './envelope.js';
import { KeyQueues } from './key-queues.js';
import type { KeyQueue } from './key-queues.js';
import { OffsetTracker } from './offset-tracker.js';
import type { PartitionWorkerOptions } from './partition-worker-options.js';
import { queuedMessage } from './queued-message.js';
import type { QueuedMessage } from './queued-message.js';
import { Timers } from './timers.js';

export type { PartitionWorkerOptions } from './partition-worker-options.js';

/** Time that a stop waits for handlers after it aborted their signal, ms. */
const afterAbortMs = 1_000;

/**
 * The messages of one partition: in order per key, concurrent across keys, offsets only of the finished prefix. A retried message
 * holds back its own key; the circuit breaker counts every `pause` and holds everything back while the target is unavailable.
 */
export class PartitionWorker {
  private readonly offsets = new OffsetTracker();
  private readonly timers: Timers;
  private readonly queues: KeyQueues;
  private readonly duePause: DuePause;
  private readonly abort = new AbortController();
  private running = 0;
  private closed = false;
  private closing: Promise<void> | undefined;
  private idleWaiters: (() => void)[] = [];
  private readonly unsubscribe: () => void;
  private readonly roomAgain = (): void => this.schedule();

  constructor(private readonly options: PartitionWorkerOptions) {
    this.timers = new Timers(options.clock);
    this.queues = new KeyQueues(this.timers);
    this.duePause = new DuePause(options.clock, this.timers, () => this.options.onPause(this.isPaused));
    this.unsubscribe = options.breaker.onChange((open, error) => {
      if (this.closed) return;
      if (!open) this.schedule();
      this.options.onPause(this.isPaused, error);
      this.notify();
    });
  }

  /** Takes a message. @returns false when it is already known (a redelivery) or the worker is closed. */
  admit(message: IncomingMessage): boolean {
    if (this.closed || !this.offsets.deliver(message.offset)) return false;
    this.enqueue(queuedMessage(message));
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
      this.enqueue(queuedMessage(message, { resolve, reject }, skipQuickRetries));
    });
  }

  /** Pauses the partition until then; messages in work continue. @param at milliseconds. */
  waitUntil(at: number): void {
    if (!this.closed) this.duePause.until(at);
  }

  /** Starts messages that `mayStart` held back, if they may start now. */
  wake(): void {
    this.schedule();
  }

  /** Everything up to `last` was delivered, also offsets without a message. */
  endOfBatch(last: bigint): void {
    this.offsets.endOfBatch(last);
  }

  /** The offset to commit, undefined as long as nothing is finished. */
  get committable(): bigint | undefined {
    return this.offsets.committable;
  }

  /** Messages delivered and not finished. */
  get unfinished(): number {
    return this.offsets.unfinished;
  }

  /** Whether nothing should be fetched now: the target is unavailable, or the next retry record is not due. */
  get isPaused(): boolean {
    return this.options.breaker.isOpen || this.duePause.isPaused;
  }

  /** Handlers that run now. */
  get runningNow(): number {
    return this.running;
  }

  /** Resolves when nothing runs and nothing could run now: everything is finished, delayed or held back. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
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
    const { clock } = this.options;
    const cancel = clock.after(graceMs, () => this.abort.abort());
    const afterAbort = new Promise<void>((resolve) => {
      // A handler that ignores its signal must not keep the process alive: do not wait for it any longer.
      this.abort.signal.addEventListener('abort', () => void clock.after(afterAbortMs, resolve), { once: true });
    });
    await Promise.race([new Promise<void>((resolve) => this.idleWaiters.push(resolve)), afterAbort]);
    cancel();
  }

  /** Another member has the partition: stops at once and commits nothing more. */
  abandon(): void {
    this.shut();
    this.abort.abort();
  }

  private shut(): void {
    this.closed = true;
    this.unsubscribe();
    this.timers.close();
    for (const { injected, message } of this.queues.waiting()) injected?.reject(partitionLost(message));
  }

  private isIdle(): boolean {
    return this.running === 0 && (this.closed || this.options.breaker.isOpen || !this.queues.hasReady || !this.mayStart());
  }

  private mayStart(): boolean {
    return this.options.mayStart?.() ?? true;
  }

  private notify(): void {
    if (!this.isIdle()) return;
    const waiters = this.idleWaiters;
    this.idleWaiters = [];
    for (const waiter of waiters) waiter();
  }

  private enqueue(item: QueuedMessage): void {
    this.queues.add(item);
    this.schedule();
  }

  private schedule(): void {
    while (!this.closed && this.running < this.options.concurrency && this.mayStart()) {
      const queue = this.queues.next();
      if (!queue) break;
      // The breaker guards the target. Writing a given-up message does not call it.
      const callsTarget = queue.items[0]?.terminalFailure === undefined;
      if (callsTarget && !this.options.breaker.tryAcquire(this.roomAgain)) break;
      this.queues.start(queue);
      this.running += 1;
      void this.run(queue);
    }
    this.notify();
  }

  private async run(queue: KeyQueue): Promise<void> {
    const item = queue.items[0] as QueuedMessage;
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
      } else this.fail(queue, item, error);
    }
    this.running -= 1;
    this.queues.stop(queue);
    this.schedule();
  }

  private finish(queue: KeyQueue, item: QueuedMessage): void {
    if (this.closed && this.abort.signal.aborted) return item.injected?.reject(partitionLost(item.message));
    queue.items.shift();
    if (item.injected) item.injected.resolve();
    else this.offsets.finish(item.message.offset);
    this.options.onFinished(item.message, item.terminalFailure);
  }

  private fail(queue: KeyQueue, item: QueuedMessage, error: unknown): void {
    const { breaker, policy, clock } = this.options;
    const next = afterFailure(item, error, policy, clock.now());
    const resume = (): void => this.schedule();
    if (next.kind === 'pause') {
      breaker.recordFailure(error);
      this.queues.delay(queue, breaker.shortestWaitMs, resume);
      return;
    }
    breaker.recordSuccess(); // the target answered
    if (next.kind === 'give-up') return; // stays the oldest of its queue: its next run writes it to a delay or dead letter topic
    this.options.onRetry?.(item.message, error, next.delayMs);
    this.queues.delay(queue, next.delayMs, resume);
  }
}

function partitionLost(message: IncomingMessage): Error {
  return new Error(
    `working on ${message.topic}/${message.partition}/${message.offset}: the partition went to another member, or the process stops`,
  );
}
