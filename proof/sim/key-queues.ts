import type { Message } from './database.js';
import { Latch } from './engine.js';
import type { Process } from './engine.js';
import type { SimLadder } from './ladder.js';
import type { Failure, PartitionParts } from './partition-port.js';
import { sleep } from './sink.js';
import { Aborted, Failed } from './world.js';

/** A queued message. `injected`: it was not read from the topic itself, and its sender waits for it. */
interface Item {
  readonly message: Message;
  readonly injected: { readonly done: Latch; failed: boolean } | undefined;
  readonly skipQuickRetries: boolean;
  failures: number;
  firstFailureAt: number;
  terminalFailure: Failure | undefined;
}

const aborted = (): Aborted => new Aborted('the partition was revoked');

/** The messages of one partition in work: in order per key, concurrent across keys. Mirrors libs/messaging/src/partition-worker.ts. */
export class KeyQueues {
  private readonly queues = new Map<string, Item[]>();

  constructor(
    private readonly parts: PartitionParts,
    private readonly ladder: SimLadder,
    private readonly closed: Latch,
    /** A message that was read from the topic is finished. */
    private readonly onFinished: (message: Message) => void,
  ) {}

  /** Queues a message that was read from the topic. */
  add(message: Message): void {
    this.enqueue(message, undefined, false);
  }

  /** Queues another message; ends when it is finished or put away. @throws {Aborted} */
  *inject(message: Message, skipQuickRetries: boolean, abort: Latch): Process {
    if (this.closed.isOpen) throw aborted();
    const injected = { done: new Latch(), failed: false };
    this.enqueue(message, injected, skipQuickRetries);
    abort.onOpen(() => injected.done.open());
    yield injected.done;
    if (injected.failed || abort.isOpen) throw aborted();
  }

  private enqueue(message: Message, injected: Item['injected'], skipQuickRetries: boolean): void {
    const { world, host } = this.parts;
    const item: Item = { message, injected, skipQuickRetries, failures: 0, firstFailureAt: 0, terminalFailure: undefined };
    const key = message.request.recordKey;
    const queue = this.queues.get(key);
    if (queue) return void queue.push(item);
    const items = [item];
    this.queues.set(key, items);
    world.engine.start(host, this.working(key, items));
  }

  /** One key: the oldest message until it is finished or put away. */
  private *working(key: string, items: Item[]): Process {
    const { breaker } = this.parts;
    for (let item = items[0]; item; item = items[0]) {
      if (this.closed.isOpen) return failAll(items);
      if (!item.terminalFailure && !breaker.tryAcquire(() => undefined)) {
        yield { latch: this.closed, ms: 250 };
        continue;
      }
      if (!(yield* this.attempt(item, items))) return failAll(items);
    }
    this.queues.delete(key);
  }

  /** One attempt at the oldest message. @returns false when the partition was revoked. */
  private *attempt(item: Item, items: Item[]): Process<boolean> {
    const { breaker, world, host } = this.parts;
    const { terminalFailure } = item;
    try {
      if (terminalFailure) yield* this.ladder.settle(item.message, terminalFailure);
      else yield* this.ladder.process(item.message, this.closed);
      if (this.closed.isOpen) {
        if (!terminalFailure) breaker.release();
        return false;
      }
      if (!terminalFailure) breaker.recordSuccess();
      items.shift();
      this.finished(item);
      return true;
    } catch (error) {
      if (error instanceof Aborted || this.closed.isOpen) {
        if (!terminalFailure) breaker.release();
        return false;
      }
      if (!(error instanceof Failed)) throw error;
      const ms = this.failed(item, error);
      if (ms === undefined) return true;
      world.trace(host.name, () => `${item.message.request.requestId} again in ${ms} ms: ${error.message}`);
      return yield* this.waits(ms);
    }
  }

  private *waits(ms: number): Process<boolean> {
    try {
      yield* sleep(ms, this.closed);
      return true;
    } catch {
      return false;
    }
  }

  private finished(item: Item): void {
    if (item.injected) item.injected.done.open();
    else this.onFinished(item.message);
    if (this.parts.guard.record(item.terminalFailure?.disposition === 'reject')) this.parts.onStop();
  }

  /** @returns the delay before the next attempt; undefined: the message is put away now. */
  private failed(item: Item, error: Failed): number | undefined {
    const { breaker, host } = this.parts;
    const now = host.now();
    const disposition = item.terminalFailure ? 'pause' : error.disposition;
    if (disposition === 'pause') {
      breaker.recordFailure(error);
      return breaker.shortestWaitMs;
    }
    // Only here, because a pause is not a failure of the message and consumes no attempt.
    if (item.firstFailureAt === 0) item.firstFailureAt = now;
    breaker.recordSuccess();
    const retryMs = this.quickRetryMs(item, error, now - item.firstFailureAt);
    if (retryMs !== undefined) return retryMs;
    const { code, message, retryAfterMs } = error;
    item.terminalFailure = { disposition, code, text: message, attempts: item.failures, firstAt: item.firstFailureAt, retryAfterMs };
    return undefined;
  }

  private quickRetryMs(item: Item, { disposition, retryAfterMs }: Failed, ageMs: number): number | undefined {
    const { core } = this.parts.world;
    const requestedMs = retryAfterMs === undefined ? undefined : core.retryAfterDelayMs(core.quick, retryAfterMs, ageMs);
    if (requestedMs !== undefined) return requestedMs;
    item.failures += 1;
    return disposition === 'retry' && retryAfterMs === undefined && !item.skipQuickRetries
      ? core.nextRetryMs(core.quick, item.failures, ageMs)
      : undefined;
  }
}

function failAll(items: readonly Item[]): void {
  for (const { injected } of items)
    if (injected) {
      injected.failed = true;
      injected.done.open();
    }
}
