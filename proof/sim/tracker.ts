import type { Head, SequenceEffect } from '@tributary/posting';
import type { RetryRecord, SimBroker } from './broker.js';
import type { Message, SimDatabase } from './database.js';
import type { Host } from './engine.js';
import type { World } from './world.js';

/** Quick attempts before the first delay topic, on top of those of the ladder. */
const quickAttempts = 3;

/** Observes every message and checks what has to hold at every step. Decides nothing. */
export class Tracker {
  /** How messages ended, by partition and offset: handled, or skipped by an operator. */
  private readonly ends = new Map<string, 'handled' | 'skipped'>();
  /** Offsets of every sequence, oldest first. */
  private readonly sequences = new Map<string, Message[]>();
  private readonly retried = new Map<string, number>();
  readonly skippedRequests = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly broker: SimBroker,
    private readonly database: SimDatabase,
  ) {}

  /** A record was appended to the topic. */
  appended(message: Message): void {
    const name = `${message.partition}/${message.request.sequence}`;
    const known = this.sequences.get(name);
    if (known) known.push(message);
    else this.sequences.set(name, [message]);
  }

  isSkipped(partition: number, offset: bigint): boolean {
    return this.ends.get(`${partition}/${offset}`) === 'skipped';
  }

  /** I4: a message is processed only after everything before it in its sequence has ended. */
  starts(message: Message, host: Host): void {
    const { partition, offset, request } = message;
    this.world.trace(host.name, () => `works on ${partition}/${offset} ${request.requestId} (${request.sequence})`);
    if (this.ends.has(`${partition}/${offset}`)) return;
    const ahead = this.sequences.get(`${partition}/${request.sequence}`) ?? [];
    for (const other of ahead) {
      if (other.offset >= offset) break;
      this.world.checks.that(
        'I4',
        this.ends.has(`${partition}/${other.offset}`),
        () => `${partition}/${offset} of ${request.sequence} is processed before ${other.offset}, which has not ended`,
      );
    }
  }

  ended(message: Message, host: Host, how: 'handled' | 'skipped'): void {
    const name = `${message.partition}/${message.offset}`;
    if (how === 'skipped') {
      this.skippedRequests.add(message.request.requestId);
      this.world.trace(host.name, () => `${name} is skipped by an operator`);
    }
    if (!this.ends.has(name)) this.ends.set(name, how);
  }

  /** I2: every message ends: the ladder is bounded, counts every attempt, and its due times are in the future. */
  retriedLater(
    { partition, offset }: Message,
    { dueAt, attempts }: Extract<SequenceEffect, { kind: 'retry-later' }>,
    now: number,
    disposition: string | undefined,
  ): void {
    const { checks, core } = this.world;
    const name = `${partition}/${offset}`;
    checks.that('I2', disposition === 'retry', () => `${name} is retried, though it can never succeed as it is`);
    const longest = Math.max(...core.ladder.rungs.map(({ delayMs }) => delayMs));
    checks.that('I2', dueAt > now && dueAt <= now + longest, () => `${name} is retried with a due time ${dueAt - now} ms ahead`);
    const retries = (this.retried.get(name) ?? 0) + 1;
    this.retried.set(name, retries);
    // A crash between the retry record and the stored state repeats a retry, hence the margin.
    const bound = core.ladder.maxAttempts * 2 + quickAttempts;
    checks.that('I2', retries <= bound, () => `${name} was retried ${retries} times after ${attempts} attempts; it would never end`);
  }

  /** A replay order starts the count again. */
  ordered(partition: number, offset: bigint): void {
    this.retried.delete(`${partition}/${offset}`);
  }

  /** I2: a delay topic is not read before its records are due, by the reader's clock. */
  returns({ message, dueAt, order }: RetryRecord, host: Host): void {
    if (order) return;
    this.world.checks.that(
      'I2',
      host.now() >= dueAt - 1,
      () => `${message.partition}/${message.offset} is read ${dueAt - host.now()} ms before it is due`,
    );
  }

  /** I2: a stored head has its attempts counted, and a dead one has a dead letter that names its message. */
  heads(partition: number, head: Head, sequence: string): void {
    const uncounted = head.place === 'rung' && head.attempts < head.delayedRetries;
    this.world.checks.that(
      'I2',
      !uncounted,
      () => `${partition}/${head.offset} was retried ${head.delayedRetries} times with ${head.attempts} attempts: they are not counted`,
    );
    if (head.place === 'rung' || head.order) return;
    const isNamed = this.broker.deadLetters.some(
      (letter) =>
        letter.partition === partition && letter.offset === head.offset && this.requestAt(partition, letter.offset) === letter.requestId,
    );
    this.world.checks.that('I2', isNamed, () => `${partition}/${head.offset} of ${sequence} is ${head.place}, and no dead letter names it`);
  }

  /** I1: everything before a committed offset is durable downstream. */
  commits(partition: number, from: bigint, to: bigint, host: Host): void {
    for (const { offset, value } of this.broker.postings[partition]?.from(from) ?? []) {
      if (offset >= to) break;
      this.world.checks.that(
        'I1',
        this.isAccounted(value),
        () => `${host.name} commits ${to} on partition ${partition}, and ${offset} (${value.request.requestId}) is stored nowhere`,
      );
    }
  }

  /** Whether a message is durable downstream: published, in the ledger or the parking lot, or a dead letter. */
  isAccounted({ partition, offset, request }: Message): boolean {
    const outcome = this.database.outcomes.get(request.requestId);
    if (outcome)
      for (let number = outcome.number; number >= 0; number -= 1)
        if (this.broker.published.has(`${request.requestId}/${number}`)) return true;
    if (outcome?.due) return true;
    const row = this.database.postings.get(request.postingKey);
    if (row?.posting.storedInLedger && row.posting.request?.requestId === request.requestId) return true;
    const lot = this.database.lot.get(partition);
    if (lot?.parked.has(offset) || [...(lot?.heads.values() ?? [])].some((head) => head.offset === offset)) return true;
    if (this.isSkipped(partition, offset)) return true;
    return this.broker.deadLetters.some((letter) => letter.partition === partition && letter.offset === offset);
  }

  private requestAt(partition: number, offset: bigint): string | undefined {
    const [record] = this.broker.postings[partition]?.from(offset) ?? [];
    return record?.offset === offset ? record.value.request.requestId : undefined;
  }
}
