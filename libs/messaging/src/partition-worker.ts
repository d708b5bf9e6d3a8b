import { dispositionOf, errorCodeOf, PipelineError } from '@tributary/domain';
import type { Failure, IncomingMessage } from './envelope.js';
import { OffsetLedger } from './offset-ledger.js';
import { nextProbeMs, nextRetryMs } from './retry-policy.js';
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
  process(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void>;
  /** Writes the dead letter; resolves when it is durable. */
  deadLetter(message: IncomingMessage, failure: Failure): Promise<void>;
  /** The partition is held (no more messages wanted) or wanted again. */
  onHold(held: boolean, error?: unknown): void;
  /** After every message that is done. @param rejected it went to the DLQ. */
  onFinished(message: IncomingMessage, rejected: boolean): void;
  onRetry?(message: IncomingMessage, error: unknown, inMs: number): void;
}

interface Item {
  readonly message: IncomingMessage;
  failures: number;
  firstFailureAt: number;
  /** Set once it was decided that it goes to the DLQ: only the write is tried again. */
  doomed: Failure | undefined;
}

interface KeyQueue {
  readonly items: Item[];
  running: boolean;
  delayed: boolean;
}

/**
 * The messages of one partition: in order per key, concurrent across keys, offsets only of the finished prefix. A retried message
 * holds back its own key; a `pause` holds the partition, and one probe at a time finds out whether it works again.
 */
export class PartitionWorker {
  private readonly ledger = new OffsetLedger();
  private readonly keys = new Map<string, KeyQueue>();
  private readonly ready: string[] = [];
  private readonly abort = new AbortController();
  private readonly cancels = new Set<() => void>();
  private running = 0;
  private holds = 0;
  private held = false;
  private closed = false;
  private closing: Promise<void> | undefined;
  private waiters: (() => void)[] = [];

  constructor(private readonly options: PartitionWorkerOptions) {}

  /** Takes a message. @returns false when it is known already (redelivered) or the worker is closed: nothing runs twice. */
  admit(message: IncomingMessage): boolean {
    if (this.closed || !this.ledger.deliver(message.offset)) return false;
    // Without a key there is no order to keep: its own queue.
    const key = message.key ? message.key.toString('base64') : `offset ${message.offset}`;
    const queue = this.keys.get(key) ?? { items: [], running: false, delayed: false };
    this.keys.set(key, queue);
    queue.items.push({ message, failures: 0, firstFailureAt: 0, doomed: undefined });
    if (queue.items.length === 1) this.ready.push(key);
    this.schedule();
    return true;
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

  get isHeld(): boolean {
    return this.held;
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
    this.closed = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
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
    this.closed = true;
    for (const cancel of this.cancels) cancel();
    this.abort.abort();
  }

  private isIdle(): boolean {
    return this.running === 0 && (this.closed || this.held || this.ready.length === 0);
  }

  private notify(): void {
    if (!this.isIdle()) return;
    const { waiters } = this;
    this.waiters = [];
    for (const waiter of waiters) waiter();
  }

  private schedule(): void {
    // After a hold, one probe at a time until one succeeds: a target that just came back is not flooded.
    const limit = this.holds > 0 ? 1 : this.options.concurrency;
    while (!this.closed && !this.held && this.running < limit) {
      const key = this.ready.shift();
      if (key === undefined) break;
      const queue = this.keys.get(key);
      if (!queue || queue.items.length === 0) continue;
      queue.running = true;
      this.running += 1;
      void this.run(key, queue);
    }
    this.notify();
  }

  private async run(key: string, queue: KeyQueue): Promise<void> {
    const item = queue.items[0] as Item;
    try {
      if (item.doomed) await this.options.deadLetter(item.message, item.doomed);
      else await this.options.process(item.message, item.failures + 1, this.abort.signal);
      this.finish(queue, item, item.doomed !== undefined);
    } catch (error) {
      if (!this.abort.signal.aborted) this.fail(key, queue, item, error);
    }
    queue.running = false;
    this.running -= 1;
    if (queue.items.length === 0) this.keys.delete(key);
    else if (!queue.delayed && !this.ready.includes(key)) this.ready.push(key);
    this.schedule();
  }

  private finish(queue: KeyQueue, item: Item, rejected: boolean): void {
    if (this.closed && this.abort.signal.aborted) return;
    this.holds = 0;
    queue.items.shift();
    this.ledger.finish(item.message.offset);
    this.options.onFinished(item.message, rejected);
  }

  private fail(key: string, queue: KeyQueue, item: Item, error: unknown): void {
    const now = this.options.clock.now();
    if (item.firstFailureAt === 0) item.firstFailureAt = now;
    const disposition = item.doomed ? 'pause' : dispositionOf(error); // a DLQ that cannot be written holds the partition
    if (disposition === 'pause') return this.hold(error);
    item.failures += 1;
    this.holds = 0;
    const retryMs = disposition === 'retry' ? nextRetryMs(this.options.policy, item.failures, now - item.firstFailureAt) : undefined;
    if (retryMs === undefined) {
      item.doomed = failureOf(error, item, now);
      return; // stays at the head of its queue: the next run writes the dead letter
    }
    this.options.onRetry?.(item.message, error, retryMs);
    queue.delayed = true;
    this.later(retryMs, () => {
      queue.delayed = false;
      this.ready.push(key);
      this.schedule();
    });
  }

  private hold(error: unknown): void {
    this.holds += 1;
    if (this.held) return;
    this.held = true;
    this.options.onHold(true, error);
    this.later(nextProbeMs(this.options.policy, this.holds), () => {
      this.held = false;
      this.options.onHold(false);
      this.schedule();
    });
  }

  private later(ms: number, run: () => void): void {
    const cancel = this.options.clock.after(ms, () => {
      this.cancels.delete(cancel);
      if (!this.closed) run();
    });
    this.cancels.add(cancel);
  }
}

function failureOf(error: unknown, item: Item, now: number): Failure {
  return {
    code: errorCodeOf(error),
    text: error instanceof Error ? error.message : String(error),
    context: error instanceof PipelineError ? error.context : {},
    attempts: item.failures,
    firstAt: item.firstFailureAt,
    lastAt: now,
  };
}
