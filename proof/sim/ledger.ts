import { batchIdOf } from '@tributary/posting';
import type { Batch, BatchEffect, BatchInput, Effect, Input } from '@tributary/posting';
import type { Message, Outcome, Row, SimDatabase, Stored } from './database.js';
import type { Host, Process } from './engine.js';
import type { SimRequest } from './sim-request.js';
import { Failed } from './world.js';
import type { World } from './world.js';

type IoEffect = Extract<Effect, { kind: 'lookup' | 'post' | 'busy' | 'fail' | 'fenced' }>;

export interface Stepped {
  readonly row: Row;
  readonly next: IoEffect | undefined;
  readonly conclusions: readonly Outcome[];
  /** How long the claim holds, as its worker can know it. */
  readonly leaseLeftMs: () => number;
}

export interface SteppedBatch {
  readonly batch: Batch;
  readonly effect: BatchEffect | undefined;
  readonly leaseLeftMs: () => number;
}

const day = '2026-11-21';

/**
 * Glue, as literally as it goes: services/erp-sink/src/emit/ledger/ledger.repository.ts, outcome.repository.ts, batch-chooser.ts and
 * batch.repository.ts, with a map in the place of PostgreSQL. One method is one transaction: load, pure step, write, conclude.
 */
export class SimLedger {
  constructor(
    private readonly world: World,
    private readonly database: SimDatabase,
  ) {}

  *arrive(host: Host, { request, ...origin }: Message, ordered: boolean): Process<Stepped> {
    return yield* this.apply(host, request.postingKey, { request, origin }, false, () => {
      const earlier = this.database.outcomes.get(request.requestId);
      const missing = this.missing(request.dependsOn);
      return { kind: 'requested', request, missing, earlier: earlier && { result: earlier.result, digest: earlier.digest }, ordered };
    });
  }

  /** A person decided. */
  *skip(host: Host, { request, ...origin }: Message): Process<Stepped> {
    return yield* this.apply(host, request.postingKey, { request, origin }, false, () => ({
      kind: 'decided',
      request,
      decision: { kind: 'skip' },
      text: 'a person skips it',
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

  private *apply(host: Host, key: string, arrived: Stored | undefined, due: boolean, inputOf: (row: Row) => Input): Process<Stepped> {
    const { database, world } = this;
    const asked = host.stopwatch();
    const doing = `posting ${key}`;
    if (world.core.glue.atomic)
      return yield* database.transaction(host, doing, () => {
        const row = database.row(key);
        return this.write(host, row, inputOf(row), arrived, due, asked);
      });
    // A mutant's: what is decided is decided of what was read a moment ago.
    const read = yield* database.transaction(host, doing, () => {
      const row = database.row(key);
      return { row, input: inputOf(row) };
    });
    return yield* database.transaction(host, doing, () => this.write(host, read.row, read.input, arrived, due, asked));
  }

  private write(host: Host, row: Row, input: Input, arrived: Stored | undefined, due: boolean, asked: () => number): Stepped {
    const { database, world } = this;
    const now = database.now();
    const { posting, effects } = world.core.step(row.posting, input, now, world.core.posting);
    const requestOf = (one: { requestId: string } | undefined): Stored | undefined =>
      [arrived, row.stored, row.setAside].find((candidate) => one && candidate?.request.requestId === one.requestId);
    const stored = requestOf(posting.request) ?? row.stored;
    const next = effects.find(isIo);
    let after: Row = { ...row, posting, stored, setAside: requestOf(posting.setAside), changedAt: now };
    if (next?.kind === 'post' && stored) {
      if (stored.request.kind !== 'customer') after = { ...after, batchId: this.chooseBatch(row.batchId, now) };
    } else if (
      posting.sentAt === undefined &&
      posting.resentAt === undefined &&
      (posting.state === 'new' || posting.state === 'rejected' || posting.state === 'waiting')
    ) {
      after = { ...after, batchId: undefined };
    }
    if (posting !== row.posting) {
      // I7: what is said under an old fence changes nothing.
      world.checks.that(
        'I7',
        !('fence' in input) || input.fence === row.posting.fence,
        () => `${row.key}: written under fence ${'fence' in input ? input.fence : ''}, it is ${row.posting.fence}`,
      );
      this.checkGivesWay(row, posting.request?.requestId, effects);
      database.postings.set(row.key, { ...after, released: after.released && !posting.hasDuplicate });
    }
    world.trace(
      host.name,
      () => `${row.key} ${input.kind}${describe(input)} -> ${posting.state}/${posting.fence} ${effects.map(say).join(', ')}`,
    );
    const leaseMs = posting.leaseUntil - now;
    const conclusions = this.conclude(row, after, arrived, due, effects, now);
    return { row: after, next, conclusions, leaseLeftMs: () => leaseMs - asked() };
  }

  private conclude(before: Row, after: Row, arrived: Stored | undefined, due: boolean, effects: readonly Effect[], now: number): Outcome[] {
    const conclusions: Outcome[] = [];
    for (const effect of effects) {
      if (effect.kind === 'repeat' && arrived) conclusions.push(this.database.outcomes.get(arrived.request.requestId) as Outcome);
      if (effect.kind !== 'conclude') continue;
      const request = [arrived, after.stored, before.stored, before.setAside].find((one) => one?.request.requestId === effect.requestId);
      if (!request) throw new TypeError(`concluding request ${effect.requestId} of ${after.key}: the ledger does not have it`);
      const own = (arrived ?? before.stored ?? after.stored)?.request.requestId === effect.requestId;
      this.checkConclusion(before, request.request, effect);
      conclusions.push(this.say(request, effect, after.posting.reference?.['id'], own ? due : true, now));
    }
    return conclusions;
  }

  /** I2: a stored request, which no message brings again, gives way to another one only with a word. */
  private checkGivesWay({ key, posting }: Row, requestId: string | undefined, effects: readonly Effect[]): void {
    const stored = posting.storedInLedger && posting.state !== 'rejected' ? posting.request?.requestId : undefined;
    if (stored === undefined || stored === requestId) return;
    const told = effects.some((effect) => effect.kind === 'conclude' && effect.requestId === stored);
    this.world.checks.that('I2', told, () => `${key}: request ${requestId ?? ''} takes the place of ${stored}, which gets no word`);
  }

  /** I4: equal is not older: only what is known to be newer makes a fact stale. */
  private checkConclusion({ posting }: Row, request: SimRequest, { result, text }: Extract<Effect, { kind: 'conclude' }>): void {
    const { checks } = this.world;
    if (result === 'stale' && !text?.includes('takes its place')) {
      const stored = posting.request?.protocol === 'versioned-upsert' ? posting.request.version : 0n;
      checks.that(
        'I4',
        posting.version > request.version || stored > request.version,
        () => `${request.postingKey}: version ${request.version} is called stale, known is ${posting.version}`,
      );
    }
    checks.that('I8', !(text ?? '').includes('sk_'), () => `${request.postingKey}: a word carries what is secret`);
  }

  say(
    stored: Stored,
    word: { result: string; code?: string; text?: string },
    reference: string | undefined,
    due: boolean,
    now: number,
  ): Outcome {
    const { outcomes } = this.database;
    const { request } = stored;
    const earlier = outcomes.get(request.requestId);
    const { result, code, text } = word;
    if (earlier?.digest === request.digest && earlier.result === result && earlier.code === code && earlier.text === text) return earlier;
    const outcome: Outcome = {
      requestId: request.requestId,
      number: (earlier?.number ?? -1) + 1,
      result,
      digest: request.digest,
      code,
      text,
      due,
      concludedAt: Math.max(now, earlier?.concludedAt ?? 0),
      reference,
      letter: due ? letterOf(result, earlier?.result, stored) : undefined,
    };
    outcomes.set(request.requestId, outcome);
    return outcome;
  }

  *due(host: Host): Process<Outcome[]> {
    return yield* this.database.transaction(host, 'reading what is to be published', () =>
      [...this.database.outcomes.values()].filter(({ due }) => due),
    );
  }

  *published(host: Host, conclusions: readonly Outcome[]): Process {
    yield* this.database.transaction(host, 'recording what is published', () => {
      for (const { requestId, number } of conclusions) {
        const outcome = this.database.outcomes.get(requestId);
        if (outcome?.number === number) this.database.outcomes.set(requestId, { ...outcome, due: false, letter: undefined });
      }
    });
  }

  /** services/erp-sink/src/emit/ledger/resumable-postings.ts */
  *resumable(host: Host): Process<string[]> {
    return yield* this.database.transaction(host, 'looking for postings that can go on', () => {
      const now = this.database.now();
      return [...this.database.postings.values()]
        .filter(({ posting: p }) => p.notBefore <= now && p.leaseUntil <= now && this.canGoOn(p, now))
        .sort((a, b) => a.changedAt - b.changedAt)
        .map(({ key }) => key);
    });
  }

  private canGoOn(p: Row['posting'], now: number): boolean {
    if (p.state === 'waiting' && this.missing(p.waitingOn).length === 0) return true;
    if ((p.state === 'claimed' || p.state === 'unknown') && (p.storedInLedger || p.sentAt !== undefined)) return true;
    return (p.state === 'held' && p.sentAt !== undefined) || (p.recheckAt !== undefined && p.recheckAt <= now);
  }

  private missing(dependsOn: readonly string[]): string[] {
    return dependsOn.filter((key) => this.database.postings.get(key)?.posting.reference === undefined);
  }

  private chooseBatch(earlier: string | undefined, now: number): string {
    const { batches } = this.database;
    const kept = earlier === undefined ? undefined : batches.get(earlier);
    if (earlier !== undefined && (kept?.state === 'open' || kept?.state === 'closing')) return earlier;
    const open = [...batches].find(([, batch]) => batch.state === 'open');
    const { maxDocuments, maxAgeMs } = this.world.core.batch;
    if (open && open[1].documents < maxDocuments && now - open[1].openedAt < maxAgeMs) {
      batches.set(open[0], { ...open[1], documents: open[1].documents + 1, lastDocumentAt: now });
      return open[0];
    }
    if (open) batches.set(open[0], { ...open[1], state: 'closing' });
    const batchId = batchIdOf(day, batches.size);
    batches.set(batchId, {
      state: 'open',
      fence: 0,
      leaseUntil: 0,
      attempts: 0,
      sentAt: undefined,
      notBefore: 0,
      documents: 1,
      openedAt: now,
      lastDocumentAt: now,
      text: undefined,
      lookups: 0,
    });
    return batchId;
  }

  *batchCandidates(host: Host): Process<string[]> {
    return yield* this.database.transaction(host, 'looking for batches', () =>
      [...this.database.batches].filter(([id, batch]) => batch.state !== 'released' || this.unreleased(id).length > 0).map(([id]) => id),
    );
  }

  *tick(host: Host, batchId: string): Process<SteppedBatch> {
    return yield* this.stepBatch(host, batchId, () => ({ kind: 'ticked', unfinished: this.unfinishedIn(batchId) }));
  }

  *reportBatch(host: Host, batchId: string, input: Exclude<BatchInput, { kind: 'ticked' }>): Process<SteppedBatch> {
    return yield* this.stepBatch(host, batchId, () => {
      // Nothing to release there, while the ledger has documents in it: they are not in the target's ledger.
      const lost = input.kind === 'answered' && input.answer === 'skipped' && this.unreleased(batchId).length > 0;
      return lost ? { ...input, answer: 'rejected' } : input;
    });
  }

  private unfinishedIn(batchId: string): number {
    if (!this.world.core.glue.releaseWaitsForUnfinished) return 0;
    return [...this.database.postings.values()].filter(
      ({ batchId: id, posting: { state, hasDuplicate, recheckAt, rechecks } }) =>
        id === batchId && (state === 'claimed' || state === 'unknown' || hasDuplicate || (recheckAt !== undefined && rechecks === 0)),
    ).length;
  }

  private unreleased(batchId: string): Row[] {
    return [...this.database.postings.values()].filter((row) => row.batchId === batchId && row.posting.state === 'posted' && !row.released);
  }

  private *stepBatch(host: Host, batchId: string, inputOf: () => BatchInput): Process<SteppedBatch> {
    const { database, world } = this;
    const asked = host.stopwatch();
    return yield* database.transaction(host, `releasing batch ${batchId}`, () => {
      const before = database.batches.get(batchId);
      if (!before) throw new Failed('internal.RangeError', 'reject', `no batch ${batchId}`);
      const now = database.now();
      const input = inputOf();
      const { batch, effects } = world.core.stepBatch(before, input, now, world.core.batch);
      database.batches.set(batchId, batch);
      const effect = effects.at(0);
      if (batch !== before)
        world.trace(host.name, () => `batch ${batchId} ${input.kind} -> ${batch.state}/${batch.fence} ${effect?.kind ?? ''}`);
      if (batch.state === 'released') this.tellDocuments(batchId, { result: 'released' }, now);
      if (effect?.kind === 'failed' || effect?.kind === 'unresolved')
        this.tellDocuments(batchId, { result: 'held', code: 'posting.batch-failed', text: `batch ${batchId}: ${batch.text ?? ''}` }, now);
      return { batch, effect, leaseLeftMs: () => batch.leaseUntil - now - asked() };
    });
  }

  private tellDocuments(batchId: string, word: { result: string; code?: string; text?: string }, now: number): void {
    for (const row of this.unreleased(batchId)) {
      if (!row.stored) continue;
      this.say(row.stored, word, row.posting.reference?.['id'], true, now);
      if (word.result === 'released') this.database.postings.set(row.key, { ...row, released: true });
    }
  }
}

/** As in outcome.repository.ts: what has to be said of a request that no message is there for any more. */
function letterOf(result: string, before: string | undefined, stored: Stored): Outcome['letter'] {
  if (result === 'rejected' || result === 'held') return { ...stored, says: result };
  return before === 'held' && result !== 'waiting' ? { ...stored, says: 'ended' } : undefined;
}

function isIo(effect: Effect): effect is IoEffect {
  return effect.kind !== 'conclude' && effect.kind !== 'repeat';
}

function describe(input: Input): string {
  if (input.kind === 'requested')
    return ` ${input.request.requestId} v${input.request.version}${input.missing.length ? ` missing ${input.missing.length}` : ''}`;
  if (input.kind === 'answered') return ` ${input.answer.kind} (fence ${input.fence})`;
  return input.kind === 'lookup-answered' ? ` ${input.reference ? 'found' : 'nothing'} (fence ${input.fence})` : '';
}

function say(effect: Effect): string {
  if (effect.kind === 'conclude') return `${effect.result}!`;
  return effect.kind === 'fail' ? `fail ${effect.code}` : effect.kind;
}
