import type { OrderAction } from '@tributary/posting';
import type { Log, RetryRecord } from './broker.js';
import type { Message } from './database.js';
import { Bell, Latch } from './engine.js';
import type { Process } from './engine.js';
import { KeyQueues } from './key-queues.js';
import { SimLadder } from './ladder.js';
import type { PartitionParts, PartitionPort } from './partition-port.js';
import { Aborted, Failed } from './world.js';

/** How often a consumer asks for more, and commits, ms. */
const pollMs = 400;
const commitMs = 1_000;
/** An idle consumer wakes up after this, ms; records wake it at once. */
const idleMs = 600_000;

/**
 * One partition of the topic with its delay topics and its replay topic, which have one owner. Imitates libs/messaging/src/partition-worker.ts
 * and group-consumer.ts as literally as possible: in order per key, concurrent across keys, commits the offsets of the finished prefix.
 */
export class PartitionRun implements PartitionPort {
  readonly closed = new Latch();
  private readonly ladder: SimLadder;
  private readonly queues: KeyQueues;
  /** Moves the offset of a message that was read from the topic. */
  private finish: (message: Message) => void = () => undefined;

  constructor(
    readonly partition: number,
    private readonly parts: PartitionParts,
  ) {
    const { world, host, database, broker, tracker } = parts;
    this.ladder = new SimLadder(world, host, database, broker, tracker, this);
    this.queues = new KeyQueues(parts, this.ladder, this.closed, (message) => this.finish(message));
    const { engine } = world;
    engine.start(host, this.ladder.open());
    engine.start(host, this.reading(broker.postings[partition] as Log<Message>));
    for (const logs of broker.rungs.values()) engine.start(host, this.readingRetries(logs[partition] as Log<RetryRecord>));
    engine.start(host, this.readingRetries(broker.replays[partition] as Log<RetryRecord>));
  }

  *work(message: Message, order: OrderAction | undefined, abort: Latch): Process {
    const { tracker, sink, host } = this.parts;
    tracker.starts(message, host);
    yield* sink.handle(message, order, abort);
    tracker.ended(message, host, order === 'skip' ? 'skipped' : 'handled');
  }

  *inject(message: Message, skipQuickRetries: boolean, abort: Latch): Process {
    yield* this.queues.inject(message, skipQuickRetries, abort);
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
          this.queues.add(value);
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

  /** A delay topic: waits until its next record is due. The records of the replay topic are due at once. */
  private *readingRetries(log: Log<RetryRecord>): Process {
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
          if (offsets.deliver(offset)) world.engine.start(host, this.retrying(value, done));
        }
      const { committable = committed } = offsets;
      if (committable !== committed && this.parts.mayCommit()) {
        broker.commit(log, committable);
        committed = committable;
      }
      yield { latch: bell.next, ms: Math.max(waitMs, 1) };
    }
  }

  /** Rings when there is something to read or to commit, and when the partition is closed. */
  private bellOf(log: Log<unknown>): Bell {
    const bell = new Bell();
    const leave = log.onAppend(bell.ring);
    this.closed.onOpen(() => {
      leave();
      bell.ring();
    });
    return bell;
  }

  private *retrying(record: RetryRecord, finish: () => void): Process {
    const { breaker } = this.parts;
    while (!this.closed.isOpen) {
      try {
        yield* this.ladder.returned(record, this.closed);
        return finish();
      } catch (error) {
        if (error instanceof Aborted) return;
        if (!(error instanceof Failed)) throw error;
        yield { latch: this.closed, ms: breaker.shortestWaitMs };
      }
    }
  }
}
