import type { Effect, Input } from '@tributary/posting';
import { SimBatches } from './batches.js';
import type { Message, Outcome, Row, SimDatabase, Stored } from './database.js';
import type { Host, Process } from './engine.js';
import { describeEffect, describeInput } from './ledger-trace.js';
import { SimOutcomes } from './outcomes.js';
import type { World } from './world.js';

type IoEffect = Extract<Effect, { kind: 'lookup' | 'post' | 'busy' | 'fail' | 'fenced' }>;

/** Result of one step of a posting. */
export interface Stepped {
  readonly row: Row;
  readonly next: IoEffect | undefined;
  readonly conclusions: readonly Outcome[];
  /** Time left of the lease, as its worker can know it. */
  readonly leaseLeftMs: () => number;
}

/**
 * The posting ledger. Imitates services/erp-sink/src/emit/ledger as literally as possible, with maps in place of PostgreSQL. One method is one
 * transaction: load, pure step, write, conclude.
 */
export class SimLedger {
  readonly outcomes: SimOutcomes;
  readonly batches: SimBatches;

  constructor(
    private readonly world: World,
    private readonly database: SimDatabase,
  ) {
    this.outcomes = new SimOutcomes(world, database);
    this.batches = new SimBatches(world, database, this.outcomes);
  }

  *arrive(host: Host, { request, ...origin }: Message, ordered: boolean): Process<Stepped> {
    return yield* this.apply(host, request.postingKey, { request, origin }, false, () => {
      const earlier = this.database.outcomes.get(request.requestId);
      const missing = this.missing(request.dependsOn);
      return { kind: 'requested', request, missing, earlier: earlier && { result: earlier.result, digest: earlier.digest }, ordered };
    });
  }

  /** An operator skips the request. */
  *skip(host: Host, { request, ...origin }: Message): Process<Stepped> {
    return yield* this.apply(host, request.postingKey, { request, origin }, false, () => ({
      kind: 'decided',
      request,
      decision: { kind: 'skip' },
      text: 'skipped by an operator',
    }));
  }

  *resume(host: Host, key: string): Process<Stepped> {
    return yield* this.apply(host, key, undefined, true, (row) => ({
      kind: 'resumed',
      missing: this.missing(row.stored?.request.dependsOn ?? []),
    }));
  }

  *report(host: Host, key: string, input: Exclude<Input, { kind: 'requested' | 'resumed' }>, due: boolean): Process<Stepped> {
    return yield* this.apply(host, key, undefined, due, () => input);
  }

  /** Postings that a sweeper can continue; see services/erp-sink/src/emit/ledger/resumable-postings.ts. */
  *resumable(host: Host): Process<string[]> {
    return yield* this.database.transaction(host, 'looking for resumable postings', () => {
      const now = this.database.now();
      return [...this.database.postings.values()]
        .filter(({ posting: p }) => p.notBefore <= now && p.leaseUntil <= now && this.isResumable(p, now))
        .sort((a, b) => a.changedAt - b.changedAt)
        .map(({ key }) => key);
    });
  }

  private isResumable(p: Row['posting'], now: number): boolean {
    if (p.state === 'waiting' && this.missing(p.waitingOn).length === 0) return true;
    if ((p.state === 'claimed' || p.state === 'unknown') && (p.storedInLedger || p.sentAt !== undefined)) return true;
    return (p.state === 'held' && p.sentAt !== undefined) || (p.recheckAt !== undefined && p.recheckAt <= now);
  }

  private missing(dependsOn: readonly string[]): string[] {
    return dependsOn.filter((key) => this.database.postings.get(key)?.posting.reference === undefined);
  }

  private *apply(host: Host, key: string, arrived: Stored | undefined, due: boolean, inputOf: (row: Row) => Input): Process<Stepped> {
    const { database, world } = this;
    const elapsedMs = host.stopwatch();
    const doing = `posting ${key}`;
    if (world.core.glue.atomic)
      return yield* database.transaction(host, doing, () => {
        const row = database.row(key);
        return this.write(host, row, inputOf(row), arrived, due, elapsedMs);
      });
    // Only in a mutant: decides from what was read in an earlier transaction.
    const read = yield* database.transaction(host, doing, () => {
      const row = database.row(key);
      return { row, input: inputOf(row) };
    });
    return yield* database.transaction(host, doing, () => this.write(host, read.row, read.input, arrived, due, elapsedMs));
  }

  private write(host: Host, row: Row, input: Input, arrived: Stored | undefined, due: boolean, elapsedMs: () => number): Stepped {
    const { database, world } = this;
    const now = database.now();
    const { posting, effects } = world.core.step(row.posting, input, now, world.core.posting);
    const requestOf = (one: { requestId: string } | undefined): Stored | undefined =>
      [arrived, row.stored, row.setAside].find((candidate) => one && candidate?.request.requestId === one.requestId);
    const stored = requestOf(posting.request) ?? row.stored;
    const next = effects.find(isIo);
    const changed: Row = { ...row, posting, stored, setAside: requestOf(posting.setAside), changedAt: now };
    const after = this.withBatch(changed, row.batchId, next, now);
    if (posting !== row.posting) {
      // I7: an input with an old fence token changes nothing.
      world.checks.that(
        'I7',
        !('fence' in input) || input.fence === row.posting.fence,
        () => `${row.key}: written under fence ${'fence' in input ? input.fence : ''}, it is ${row.posting.fence}`,
      );
      this.checkDisplaced(row, posting.request?.requestId, effects);
      database.postings.set(row.key, { ...after, released: after.released && !posting.hasDuplicate });
    }
    world.trace(
      host.name,
      () =>
        `${row.key} ${input.kind}${describeInput(input)} -> ${posting.state}/${posting.fence} ${effects.map(describeEffect).join(', ')}`,
    );
    const leaseMs = posting.leaseUntil - now;
    const conclusions = this.outcomes.conclude(row, after, arrived, due, effects, now);
    return { row: after, next, conclusions, leaseLeftMs: () => leaseMs - elapsedMs() };
  }

  /** A document about to be sent gets a batch; one that surely is in none loses it. */
  private withBatch(row: Row, earlier: string | undefined, next: IoEffect | undefined, now: number): Row {
    const { stored, posting } = row;
    if (next?.kind === 'post' && stored)
      return stored.request.kind === 'customer' ? row : { ...row, batchId: this.batches.choose(earlier, now) };
    const isUnsent = posting.sentAt === undefined && posting.resentAt === undefined;
    const isIdle = posting.state === 'new' || posting.state === 'rejected' || posting.state === 'waiting';
    return isUnsent && isIdle ? { ...row, batchId: undefined } : row;
  }

  /** I2: a stored request, which is not redelivered, is displaced by another one only with an outcome. */
  private checkDisplaced({ key, posting }: Row, requestId: string | undefined, effects: readonly Effect[]): void {
    const stored = posting.storedInLedger && posting.state !== 'rejected' ? posting.request?.requestId : undefined;
    if (stored === undefined || stored === requestId) return;
    const concluded = effects.some((effect) => effect.kind === 'conclude' && effect.requestId === stored);
    this.world.checks.that('I2', concluded, () => `${key}: request ${requestId ?? ''} takes the place of ${stored}, which gets no outcome`);
  }
}

function isIo(effect: Effect): effect is IoEffect {
  return effect.kind !== 'conclude' && effect.kind !== 'repeat';
}
