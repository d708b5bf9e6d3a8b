import type { OrderAction } from '@tributary/posting';
import type { CircuitBreaker, RejectGuard } from '@tributary/messaging/core';
import type { Copy, Log, SimBroker } from './broker.js';
import type { Message, SimDatabase } from './database.js';
import { Bell, Latch } from './engine.js';
import type { Host, Process } from './engine.js';
import { SimLadder } from './ladder.js';
import type { SimSink } from './sink.js';
import { sleep } from './sink.js';
import type { Tracker } from './tracker.js';
import { Aborted, Failed } from './world.js';
import type { World } from './world.js';

/** Why a message is put away. */
export interface Failure {
  readonly disposition: 'retry' | 'reject' | 'hold';
  readonly code: string;
  readonly text: string;
  readonly attempts: number;
  readonly firstAt: number;
  readonly retryAfterMs: number | undefined;
}

interface Item {
  readonly message: Message;
  readonly injected: { readonly done: Latch; failed: boolean } | undefined;
  readonly once: boolean;
  failures: number;
  firstFailureAt: number;
  doomed: Failure | undefined;
}

export interface PartitionParts {
  readonly world: World;
  readonly host: Host;
  readonly broker: SimBroker;
  readonly database: SimDatabase;
  readonly tracker: Tracker;
  readonly sink: SimSink;
  readonly breaker: Pick<CircuitBreaker, 'recordSuccess' | 'recordFailure' | 'release' | 'shortestWaitMs'> & {
    tryAcquire(waiter: () => void): boolean;
  };
  readonly guard: RejectGuard;
  /** Too many rejects: the group has to stop. */
  onStop(): void;
  /** Whether the group still counts this owner's commits. */
  mayCommit(): boolean;
}

/** How often a consumer asks for more, and commits, ms. */
const pollMs = 400;
const commitMs = 1_000;
/** An idle consumer wakes up by itself after that, ms; for records it is woken at once. */
const idleMs = 600_000;

/**
 * Glue, as literally as it goes: libs/messaging/src/partition-worker.ts and group-consumer.ts for one partition of the topic, its delay
 * topics and its replay topic, which have one owner. In order per key, concurrent across keys, offsets of the finished prefix only.
 */
export class PartitionRun {
  /** It went to somebody else, or the process ends. */
  readonly closed = new Latch();
  private readonly ladder: SimLadder;
  private readonly queues = new Map<string, Item[]>();

  constructor(
    readonly partition: number,
    private readonly parts: PartitionParts,
  ) {
    const { world, host, database, broker, tracker } = parts;
    this.ladder = new SimLadder(world, host, database, broker, tracker, this);
    const { engine } = world;
    engine.start(host, this.ladder.open());
    engine.start(host, this.reading(broker.postings[partition] as Log<Message>));
    for (const logs of broker.rungs.values()) engine.start(host, this.readingCopies(logs[partition] as Log<Copy>));
    engine.start(host, this.readingCopies(broker.replays[partition] as Log<Copy>));
  }

  /** The handler. */
  *work(message: Message, order: OrderAction | undefined, abort: Latch): Process {
    const { tracker, sink, host } = this.parts;
    tracker.starts(message, host);
    yield* sink.handle(message, order, abort);
    tracker.ended(message, host, order === 'skip' ? 'skipped' : 'handled');
  }

  /** Queues a message that is not read from the log now; ends when it is done or put away. @throws {Aborted} */
  *inject(message: Message, once: boolean, abort: Latch): Process {
    if (this.closed.isOpen) throw new Aborted('the partition went away');
    const injected = { done: new Latch(), failed: false };
    this.enqueue({ message, injected, once, failures: 0, firstFailureAt: 0, doomed: undefined });
    abort.onOpen(() => injected.done.open());
    yield injected.done;
    if (injected.failed || abort.isOpen) throw new Aborted('the partition went away');
  }

  /** Stops at once and commits nothing more. */
  abandon(): void {
    this.closed.open();
  }

  private *reading(log: Log<Message>): Process {
    const { world, host, broker, tracker } = this.parts;
    const offsets = world.core.offsets();
    const { finishAfterWork } = world.core.glue;
    const bell = this.bellOf(log);
    let position = log.committed;
    let committed = log.committed;
    let commitAt = world.now + commitMs;
    this.finish = (message) => {
      if (finishAfterWork) offsets.finish(message.offset);
      bell.ring();
    };
    while (!this.closed.isOpen) {
      const wasDown = world.now < broker.downUntil;
      if (!wasDown)
        for (const { offset, value } of log.from(position)) {
          position = offset + 1n;
          if (!offsets.deliver(offset)) continue;
          this.enqueue({ message: value, injected: undefined, once: false, failures: 0, firstFailureAt: 0, doomed: undefined });
          if (!finishAfterWork) offsets.finish(offset);
        }
      const { committable = committed } = offsets;
      if (committable !== committed && world.now >= commitAt && this.parts.mayCommit()) {
        tracker.commits(this.partition, log.committed, committable, host);
        broker.commit(log, committable);
        committed = committable;
        commitAt = world.now + commitMs;
      }
      yield { latch: bell.next, ms: wasDown || committable !== committed ? pollMs : idleMs };
    }
  }

  /** A delay topic: held until the next record is due. The replay topic is one whose records are due at once. */
  private *readingCopies(log: Log<Copy>): Process {
    const { world, host, broker } = this.parts;
    const offsets = world.core.offsets();
    const bell = this.bellOf(log);
    let position = log.committed;
    let committed = log.committed;
    while (!this.closed.isOpen) {
      let waitMs = idleMs;
      if (world.now < broker.downUntil) waitMs = pollMs;
      else
        for (const { offset, value } of log.from(position)) {
          const inMs = value.dueAt - host.now();
          if (inMs > 1 && world.core.glue.waitsUntilDue) {
            waitMs = inMs;
            break;
          }
          position = offset + 1n;
          this.parts.tracker.returns(value, host);
          const done = (): void => {
            offsets.finish(offset);
            bell.ring();
          };
          if (offsets.deliver(offset)) world.engine.start(host, this.copyCame(value, done));
        }
      const { committable = committed } = offsets;
      if (committable !== committed && this.parts.mayCommit()) {
        broker.commit(log, committable);
        committed = committable;
      }
      yield { latch: bell.next, ms: Math.max(waitMs, 1) };
    }
  }

  /** Rings when there is something to read or to commit, or when it is over. */
  private bellOf(log: Log<unknown>): Bell {
    const bell = new Bell();
    const leave = log.onAppend(bell.ring);
    this.closed.onOpen(() => {
      leave();
      bell.ring();
    });
    return bell;
  }

  private *copyCame(copy: Copy, finish: () => void): Process {
    const { breaker } = this.parts;
    while (!this.closed.isOpen) {
      try {
        yield* this.ladder.returned(copy, this.closed);
        return finish();
      } catch (error) {
        if (error instanceof Aborted) return;
        if (!(error instanceof Failed)) throw error;
        yield { latch: this.closed, ms: breaker.shortestWaitMs };
      }
    }
  }

  private enqueue(item: Item): void {
    const { world, host } = this.parts;
    const key = item.message.request.recordKey;
    const queue = this.queues.get(key);
    if (queue) return void queue.push(item);
    const items = [item];
    this.queues.set(key, items);
    world.engine.start(host, this.working(key, items));
  }

  /** Moves the offset of a message that was read from the topic. */
  private finish: (message: Message) => void = () => undefined;

  /** One key: the oldest message until it is done or put away. */
  private *working(key: string, items: Item[]): Process {
    const { breaker, world } = this.parts;
    for (let item = items[0]; item; item = items[0]) {
      if (this.closed.isOpen) return this.failAll(items);
      if (!item.doomed && !breaker.tryAcquire(() => undefined)) {
        yield { latch: this.closed, ms: 250 };
        continue;
      }
      const { doomed } = item;
      try {
        if (doomed) yield* this.ladder.settle(item.message, doomed);
        else yield* this.ladder.process(item.message, item.failures + 1, this.closed);
        if (this.closed.isOpen) {
          if (!doomed) breaker.release();
          return this.failAll(items);
        }
        if (!doomed) breaker.recordSuccess();
        items.shift();
        this.finished(item);
      } catch (error) {
        if (error instanceof Aborted || this.closed.isOpen) {
          if (!doomed) breaker.release();
          return this.failAll(items);
        }
        if (!(error instanceof Failed)) throw error;
        const ms = this.failed(item, error);
        if (ms !== undefined) {
          world.trace(this.parts.host.name, () => `${item.message.request.requestId} again in ${ms} ms: ${error.message}`);
          try {
            yield* sleep(ms, this.closed);
          } catch {
            return this.failAll(items);
          }
        }
      }
    }
    this.queues.delete(key);
  }

  private failAll(items: readonly Item[]): void {
    for (const { injected } of items)
      if (injected) {
        injected.failed = true;
        injected.done.open();
      }
  }

  private finished(item: Item): void {
    if (item.injected) item.injected.done.open();
    else this.finish(item.message);
    if (this.parts.guard.end(item.doomed?.disposition === 'reject')) this.parts.onStop();
  }

  /** @returns the wait before it is tried again; undefined: it is put away now. */
  private failed(item: Item, error: Failed): number | undefined {
    const { breaker, host } = this.parts;
    const now = host.now();
    const disposition = item.doomed ? 'pause' : error.disposition;
    if (disposition === 'pause') {
      breaker.recordFailure(error);
      return breaker.shortestWaitMs;
    }
    // A pause burns nothing: it is no failure of the message.
    if (item.firstFailureAt === 0) item.firstFailureAt = now;
    breaker.recordSuccess();
    const retryMs = this.nextTry(item, error, now - item.firstFailureAt);
    if (retryMs !== undefined) return retryMs;
    const { code, message, retryAfterMs } = error;
    item.doomed = { disposition, code, text: message, attempts: item.failures, firstAt: item.firstFailureAt, retryAfterMs };
    return undefined;
  }

  private nextTry(item: Item, { disposition, retryAfterMs }: Failed, ageMs: number): number | undefined {
    const { core } = this.parts.world;
    const toldMs = retryAfterMs === undefined ? undefined : core.retryAfterDelayMs(core.quick, retryAfterMs, ageMs);
    if (toldMs !== undefined) return toldMs;
    item.failures += 1;
    return disposition === 'retry' && retryAfterMs === undefined && !item.once
      ? core.nextRetryMs(core.quick, item.failures, ageMs)
      : undefined;
  }
}
