import type { ReplayOrder } from '@tributary/posting';
import type { Message, Outcome } from './database.js';
import type { Host, Process } from './engine.js';
import { Failed } from './world.js';
import type { World } from './world.js';

/** A record of a delay topic or the replay topic: the message, and the attempts or the order that the record carries. */
export interface RetryRecord {
  readonly message: Message;
  readonly attempts: number;
  readonly dueAt: number;
  readonly order: ReplayOrder | undefined;
}

/** A record of the dead letter topic, with the headers that a replay needs. */
export interface DeadLetter {
  readonly requestId: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly attempts: number;
  readonly code: string;
  readonly text: string;
  readonly place: 'dead' | 'held';
  readonly firstFailureAt: number;
  readonly at: number;
}

/** An append-only partition. Offsets have gaps, as in Kafka (control records, compaction). */
export class Log<T> {
  readonly records: { readonly offset: bigint; readonly value: T }[] = [];
  /** The group's committed offset: the next to read. */
  committed = 0n;
  private next = 0n;
  private readonly readers = new Set<() => void>();

  append(value: T, gap: boolean): bigint {
    const offset = this.next;
    this.records.push({ offset, value });
    this.next = offset + (gap ? 3n : 1n);
    for (const ring of this.readers) ring();
    return offset;
  }

  /** Calls back for every appended record. @returns a function that ends the subscription. */
  onAppend(ring: () => void): () => void {
    this.readers.add(ring);
    return () => this.readers.delete(ring);
  }

  from(position: bigint): { readonly offset: bigint; readonly value: T }[] {
    const { records } = this;
    let low = 0;
    let high = records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((records[middle] as { offset: bigint }).offset < position) low = middle + 1;
      else high = middle;
    }
    return records.slice(low);
  }
}

const sendTimeoutMs = 15_000;

/** Kafka, as far as the pipeline needs it: acknowledged records stay (acks=all). */
export class SimBroker {
  readonly postings: Log<Message>[];
  readonly replays: Log<RetryRecord>[];
  /** Delay topics by rung name, one log per partition. */
  readonly rungs = new Map<string, Log<RetryRecord>[]>();
  readonly deadLetters: DeadLetter[] = [];
  /** erp.v1, in the order of the log. */
  readonly outcomes: Outcome[] = [];
  readonly published = new Set<string>();
  downUntil = 0;

  constructor(
    private readonly world: World,
    readonly partitions: number,
  ) {
    const logs = <T>(): Log<T>[] => Array.from({ length: partitions }, () => new Log<T>());
    this.postings = logs();
    this.replays = logs();
    for (const { name } of world.core.ladder.rungs) this.rungs.set(name, logs());
  }

  /** Appends once the brokers answer. @throws {Failed} pause: the sender does not know whether it was stored. */
  *send(host: Host | undefined, append: () => void): Process {
    const { world } = this;
    const { faults } = world;
    const until = world.now + sendTimeoutMs;
    yield world.dice.between(1, 6);
    while (world.now < this.downUntil) {
      if (world.now >= until) throw new Failed('kafka.silent', 'pause', 'publishing: no broker answers');
      yield 500;
    }
    append();
    if (host && faults.strikes('acknowledgement-lost', 0.04)) throw new Failed('kafka.silent', 'pause', 'publishing: no acknowledgement');
    yield world.dice.between(1, 4);
  }

  *publishOutcomes(host: Host, outcomes: readonly Outcome[]): Process {
    if (outcomes.length === 0) return;
    yield* this.send(host, () => {
      for (const outcome of outcomes) {
        this.outcomes.push(outcome);
        this.published.add(`${outcome.requestId}/${outcome.number}`);
      }
    });
  }

  /** Dead letters of requests that only the ledger stores; see services/erp-sink/src/emit/dead-letters.ts. */
  *writeDeadLetters(host: Host, outcomes: readonly Outcome[]): Process {
    const pending = outcomes.filter(({ deadLetter }) => deadLetter !== undefined);
    if (pending.length === 0) return;
    yield* this.send(host, () => {
      for (const { deadLetter, requestId, number, code, text, concludedAt } of pending) {
        if (!deadLetter) continue;
        const { request, origin, status } = deadLetter;
        if (status === 'ended') {
          const order: ReplayOrder = { id: `ended:${requestId}:${number}`, action: 'replay' };
          this.replays[origin.partition]?.append({ message: { ...origin, request }, attempts: 0, dueAt: 0, order }, false);
        } else
          this.deadLetters.push({
            requestId,
            ...origin,
            attempts: 1,
            code: code ?? 'unknown',
            text: text ?? '',
            place: status === 'held' ? 'held' : 'dead',
            firstFailureAt: concludedAt,
            at: this.world.now,
          });
      }
    });
  }

  /** Commits of offsets are best effort. */
  commit(log: Log<unknown>, offset: bigint): void {
    if (this.world.now < this.downUntil || this.world.faults.strikes('commit-lost', 0.2)) return;
    log.committed = offset;
  }
}
