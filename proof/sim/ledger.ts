import { noPrerequisites } from '@tributary/posting';
import type { Effect, Input } from '@tributary/posting';
import { SimBatches } from './batches.js';
import type { Message, Outcome, Row, SimDatabase, Stored } from './database.js';
import type { Host, Process } from './engine.js';
import { describeEffect, describeInput } from './ledger-trace.js';
import { SimOutcomes } from './outcomes.js';
import { SimPrerequisites } from './prerequisites.js';
import type { World } from './world.js';

type IoEffect = Extract<Effect, { kind: 'lookup' | 'post' | 'discard' | 'busy' | 'fail' | 'fenced' }>;

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
  private readonly prerequisites: SimPrerequisites;

  constructor(
    private readonly world: World,
    private readonly database: SimDatabase,
  ) {
    this.outcomes = new SimOutcomes(world, database);
    this.prerequisites = new SimPrerequisites(database, world.core);
    this.batches = new SimBatches(world, database, this.outcomes);
  }

  *arrive(host: Host, { request, ...origin }: Message, ordered: boolean): Process<Stepped> {
    return yield* this.apply(host, request.postingKey, { request, origin }, false, (row) => {
      const earlier = this.database.outcomes.get(request.requestId);
      // Replayed, it waits once more.
      const since = ordered || row.stored?.request !== request ? undefined : row.waitingSince;
      const { missing, neverAsked } = this.prerequisites.of(request, since);
      return {
        kind: 'requested',
        request,
        missing,
        neverAsked,
        earlier: earlier && { result: earlier.result, digest: earlier.digest },
        ordered,
      };
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
    return yield* this.apply(host, key, undefined, true, ({ stored, waitingSince }) => {
      const { missing, neverAsked } = stored ? this.prerequisites.of(stored.request, waitingSince) : noPrerequisites;
      return { kind: 'resumed', missing, neverAsked };
    });
  }

  *report(host: Host, key: string, input: Exclude<Input, { kind: 'requested' | 'resumed' }>, due: boolean): Process<Stepped> {
    return yield* this.apply(host, key, undefined, due, () => input);
  }

  /** Postings that a sweeper can continue; see services/erp-sink/src/emit/ledger/resumable-postings.ts. */
  *resumable(host: Host): Process<string[]> {
    return yield* this.database.transaction(host, 'looking for resumable postings', () => {
      const now = this.database.now();
      return [...this.database.postings.values()]
        .filter((row) => row.posting.notBefore <= now && row.posting.leaseUntil <= now && this.isResumable(row, now))
        .sort((a, b) => a.changedAt - b.changedAt)
        .map(({ key }) => key);
    });
  }

  /** Whether all of these are in the books, or nothing keeps them out of them. */
  isReady(keys: readonly string[]): boolean {
    return keys.every((key) => this.prerequisites.standing(key).released);
  }

  private isResumable({ posting: p, stored, waitingSince, decideAt }: Row, now: number): boolean {
    if (stored && (p.state === 'waiting' || (p.state === 'held' && p.waitingOn.length > 0))) {
      if (p.state === 'waiting' && decideAt !== undefined && decideAt <= now) return true;
      const isSaved = p.waitingOn.every((key) => this.database.postings.get(key)?.posting.reference !== undefined);
      if (isSaved && (this.world.core.glue.resumesOnRelease || stored.request.needs.length === 0))
        if (this.prerequisites.of(stored.request, waitingSince).missing.length === 0) return true;
    }
    if ((p.state === 'claimed' || p.state === 'unknown') && (p.storedInLedger || p.sentAt !== undefined)) return true;
    return (p.state === 'held' && p.sentAt !== undefined) || (p.recheckAt !== undefined && p.recheckAt <= now);
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
    const policy = world.canDiscard ? world.core.posting : { ...world.core.posting, canDiscard: false };
    const { posting, effects } = world.core.step(row.posting, input, now, policy);
    const requestOf = (one: { requestId: string } | undefined): Stored | undefined =>
      [arrived, row.stored, row.setAside].find((candidate) => one && candidate?.request.requestId === one.requestId);
    const stored = requestOf(posting.request) ?? row.stored;
    const next = effects.find(isIo);
    const changed: Row = { ...row, posting, stored, setAside: requestOf(posting.setAside), changedAt: now };
    const saved = this.withBatch(changed, row.batchId, next, now);
    const after = this.batches.assign(this.withWait(withBatchOfAdopted(saved, effects), row, now), now);
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
      return stored.request.kind === 'customer' ? row : { ...row, batchId: this.batches.choose(stored.request.kind, earlier, now) };
    const isUnsent = posting.sentAt === undefined && posting.resentAt === undefined && posting.half === undefined;
    const isIdle = posting.state === 'new' || posting.state === 'rejected' || posting.state === 'waiting';
    return isUnsent && isIdle ? { ...row, batchId: undefined } : row;
  }

  /** Since when it waits, and when a need that nobody has asked for is due. */
  private withWait(row: Row, before: Row, now: number): Row {
    const { posting, stored } = row;
    const waits = (posting.state === 'waiting' || posting.state === 'held') && posting.waitingOn.length > 0;
    if (!waits || !stored) return { ...row, waitingSince: undefined, decideAt: undefined };
    const isSame = before.stored?.request === stored.request;
    if (posting.state === 'held') return { ...row, waitingSince: undefined, decideAt: undefined };
    const waitingSince = (isSame ? before.waitingSince : undefined) ?? now;
    return { ...row, waitingSince, decideAt: this.prerequisites.of(stored.request, waitingSince).decideAt };
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

/** An adopted document may have been entered by an earlier call, in an earlier batch than the last one. */
function withBatchOfAdopted(row: Row, effects: readonly Effect[]): Row {
  const entered = row.posting.reference?.['batchId'];
  const isAdopted = effects.some((effect) => effect.kind === 'conclude' && effect.result === 'adopted');
  return isAdopted && entered !== undefined ? { ...row, batchId: entered } : row;
}
