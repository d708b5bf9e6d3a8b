import { dispositionOf, errorCodeOf, holdAfterMsOf, PipelineError, retryAfterMsOf } from '@tributary/domain';
import type { Disposition } from '@tributary/domain';
import { errorCodeText } from './envelope.js';
import type { Failure, IncomingMessage } from './envelope.js';
import type { Gate } from './gate.js';
import { OffsetLedger } from './offset-ledger.js';
import { nextRetryMs, toldRetryMs } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';

/** Time as the worker sees it, so that tests can bring their own. */
export interface Clock {
  now(): number;
  /** @returns a function that cancels. */
  after(ms: number, run: () => void): () => void;
}

/** Node fires timers beyond this at once (docs/reference/kafkajs.md, section 4). */
const longestTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, longestTimerMs));
    return () => clearTimeout(timer);
  },
};

export interface PartitionWorkerOptions {
  readonly concurrency: number;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** Asked before a handler is called: false holds back until {@link PartitionWorker.wake}. Default: always. */
  readonly mayStart?: (() => boolean) | undefined;
  /** Shared by all partitions that have the same target. */
  readonly gate: Gate;
  process(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void>;
  /** The message is not tried again here: puts it on a rung of the ladder or into the dead letters; resolves when that is durable. */
  deadLetter(message: IncomingMessage, failure: Failure): Promise<void>;
  /** The partition is held (no more messages wanted) or wanted again. */
  onHold(held: boolean, error?: unknown): void;
  /** After every message that is done here. @param failure why it was put away, when it was. */
  onFinished(message: IncomingMessage, failure: Failure | undefined): void;
  onRetry?(message: IncomingMessage, error: unknown, inMs: number): void;
}

interface Item {
  readonly message: IncomingMessage;
  /** Of a message that comes from elsewhere and not from this partition: told when it is done. */
  readonly injected: { resolve(): void; reject(error: unknown): void } | undefined;
  /** It has waited on a rung: no quick tries. */
  readonly once: boolean;
  failures: number;
  firstFailureAt: number;
  /** Set once it was decided that it is put away: only that is tried again. */
  doomed: Failure | undefined;
}

interface KeyQueue {
  readonly items: Item[];
  running: boolean;
  delayed: boolean;
}

/**
 * The messages of one partition: in order per key, concurrent across keys, offsets only of the finished prefix. A retried message
 * holds back its own key; a `pause` is counted by the gate, which holds everything when the target takes nothing.
 */
export class PartitionWorker {
  private readonly ledger = new OffsetLedger();
  private readonly keys = new Map<string, KeyQueue>();
  private readonly ready: string[] = [];
  private readonly abort = new AbortController();
  private readonly cancels = new Set<() => void>();
  private running = 0;
  /** Not before that is anything taken in: the next message of a delay topic is not due. */
  private dueAt = 0;
  private closed = false;
  private closing: Promise<void> | undefined;
  private waiters: (() => void)[] = [];

  private readonly unsubscribe: () => void;
  private readonly roomAgain = (): void => this.schedule();

  constructor(private readonly options: PartitionWorkerOptions) {
    this.unsubscribe = options.gate.onChange((open, error) => {
      if (this.closed) return;
      if (!open) this.schedule();
      this.options.onHold(this.isHeld, error);
      this.notify();
    });
  }

  /** Takes a message. @returns false when it is known already (redelivered) or the worker is closed: nothing runs twice. */
  admit(message: IncomingMessage): boolean {
    if (this.closed || !this.ledger.deliver(message.offset)) return false;
    this.enqueue({ message, injected: undefined, once: false, failures: 0, firstFailureAt: 0, doomed: undefined });
    return true;
  }

  /**
   * Takes a message that is not of this partition's log (a copy from a delay topic, a parked one): in order with the others of its key,
   * without an offset of its own. Resolves when it is done or put away.
   * @param once a failure puts it away at once: it has waited on a rung, and quick tries would only burn its attempts.
   * @throws {Error} when the worker is closed before that: whoever brought the message brings it again.
   */
  inject(message: IncomingMessage, once = false): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(partitionLost(message));
      this.enqueue({ message, injected: { resolve, reject }, once, failures: 0, firstFailureAt: 0, doomed: undefined });
    });
  }

  /** Takes nothing in until then. What is in work goes on. @param at milliseconds. */
  waitUntil(at: number): void {
    if (this.closed || at <= this.dueAt) return;
    this.dueAt = at;
    this.options.onHold(true);
    this.wakeAt(at);
  }

  private wakeAt(at: number): void {
    // Timers have a longest wait; a due time beyond it is waited for in pieces.
    this.later(Math.max(1, at - this.options.clock.now()), () => {
      if (this.dueAt !== at) return;
      if (this.options.clock.now() < at - 1) return this.wakeAt(at);
      this.dueAt = 0;
      this.options.onHold(this.isHeld);
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

  /** What was held back by `mayStart` may be asked about again. */
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

  /** Nothing is to be taken in now: the target takes nothing, or the next message is not due. */
  get isHeld(): boolean {
    return this.options.gate.isOpen || this.dueAt > 0;
  }

  get runningNow(): number {
    return this.running;
  }

  /** Resolves when nothing runs and nothing could run now: all is finished, delayed or held. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** No new work. Running handlers may finish within the grace, then their signal is aborted; what is unfinished stays uncommitted. */
  close(graceMs: number): Promise<void> {
    // A second stop (a signal after the group stopped itself) waits for the first: its abort does not come again.
    this.closing ??= this.closeOnce(graceMs);
    return this.closing;
  }

  private async closeOnce(graceMs: number): Promise<void> {
    this.shut();
    if (this.running === 0 || this.abort.signal.aborted) return;
    const cancel = this.options.clock.after(graceMs, () => this.abort.abort());
    const afterAbort = new Promise<void>((resolve) => {
      // A handler that ignores its signal can't hold the process: it is left behind.
      this.abort.signal.addEventListener('abort', () => void this.options.clock.after(1_000, resolve), { once: true });
    });
    await Promise.race([new Promise<void>((resolve) => this.waiters.push(resolve)), afterAbort]);
    cancel();
  }

  /** The partition went to somebody else: stop at once, commit nothing more. */
  abandon(): void {
    this.shut();
    this.abort.abort();
  }

  private shut(): void {
    this.closed = true;
    this.unsubscribe();
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
    for (const { items, running } of this.keys.values())
      for (const item of running ? items.slice(1) : items) item.injected?.reject(partitionLost(item.message));
  }

  private isIdle(): boolean {
    return this.running === 0 && (this.closed || this.options.gate.isOpen || this.ready.length === 0 || !this.mayStart());
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
      // Only the target is behind the gate: putting away what failed is not.
      const gated = queue.items[0]?.doomed === undefined;
      if (gated && !this.options.gate.take(this.roomAgain)) break;
      this.ready.shift();
      queue.running = true;
      this.running += 1;
      void this.run(key, queue);
    }
    this.notify();
  }

  private async run(key: string, queue: KeyQueue): Promise<void> {
    const item = queue.items[0] as Item;
    const { doomed } = item;
    try {
      if (doomed) await this.options.deadLetter(item.message, doomed);
      else await this.options.process(item.message, item.failures + 1, this.abort.signal);
      if (!doomed) this.options.gate.passed();
      this.finish(queue, item);
    } catch (error) {
      if (this.abort.signal.aborted) {
        if (!doomed) this.options.gate.released();
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
    this.options.onFinished(item.message, item.doomed);
  }

  private fail(key: string, queue: KeyQueue, item: Item, error: unknown): void {
    const now = this.options.clock.now();
    const { gate } = this.options;
    // What cannot be put away now (Kafka or the parking lot is silent) waits like everything else that needs them.
    const disposition = item.doomed ? 'pause' : dispositionOf(error);
    if (disposition === 'pause') {
      gate.failed(error);
      this.delay(key, queue, gate.shortestWaitMs);
      return;
    }
    gate.passed(); // the target answered
    // A pause is no failure of the message: neither its attempts nor its age begin with it.
    if (item.firstFailureAt === 0) item.firstFailureAt = now;
    const retryMs = this.nextTry(item, error, disposition, now - item.firstFailureAt);
    if (retryMs === undefined) {
      item.doomed = failureOf(error, disposition, item, now);
      return; // stays at the head of its queue: the next run puts it away
    }
    this.options.onRetry?.(item.message, error, retryMs);
    this.delay(key, queue, retryMs);
  }

  /** The wait before the next attempt; undefined when it is put away. Counts what burns an attempt. */
  private nextTry(item: Item, error: unknown, disposition: Disposition, ageMs: number): number | undefined {
    const { policy } = this.options;
    const saidMs = retryAfterMsOf(error);
    const toldMs = saidMs === undefined ? undefined : toldRetryMs(policy, saidMs, ageMs);
    if (toldMs !== undefined) return toldMs;
    item.failures += 1;
    // Told to wait for longer than its key can be held: nobody asks before that.
    return disposition === 'retry' && saidMs === undefined && !item.once ? nextRetryMs(policy, item.failures, ageMs) : undefined;
  }

  private delay(key: string, queue: KeyQueue, ms: number): void {
    queue.delayed = true;
    this.later(ms, () => {
      queue.delayed = false;
      this.ready.push(key);
      this.schedule();
    });
  }

  private later(ms: number, run: () => void): void {
    if (this.closed) return; // what failed while it was being stopped is read again by the next member
    const cancel = this.options.clock.after(ms, () => {
      this.cancels.delete(cancel);
      if (!this.closed) run();
    });
    this.cancels.add(cancel);
  }
}

function partitionLost(message: IncomingMessage): Error {
  return new Error(
    `working on ${message.topic}/${message.partition}/${message.offset}: the partition went to another member, or the process stops`,
  );
}

function failureOf(error: unknown, disposition: Failure['disposition'], item: Item, now: number): Failure {
  return {
    disposition,
    code: errorCodeText(errorCodeOf(error)),
    text: error instanceof Error ? error.message : String(error),
    context: error instanceof PipelineError ? error.context : {},
    attempts: item.failures,
    firstAt: item.firstFailureAt,
    lastAt: now,
    retryAfterMs: retryAfterMsOf(error),
    holdAfterMs: holdAfterMsOf(error),
  };
}
