import type { Answer, BatchInput, Effect, Input, PostingRequest } from '@tributary/posting';
import type { Dice } from '../../chaos/dice.js';
import type { Engine, Host, Process } from '../engine.js';
import { BatchCalls } from './batch-calls.js';
import { BooksCalls } from './calls.js';
import type { BooksCore } from './core.js';
import type { StoryRequest } from './documents.js';
import type { BooksErp } from './erp.js';
import type { StoryBatch, StoryLedger, StoryRow } from './ledger.js';
import type { Storm } from './storm.js';
import { usualCallMs } from './traits.js';

const busyPollMs = 250;
const callGraceMs = 1_000;
const sweepMs = 2_000;
/** Between sweeps that find little to do, ms. */
const idleSweepMs = 30_000;
const redeliverMs = 10_000;

/** What the copies of the sink share. */
export interface Shared {
  readonly engine: Engine;
  readonly dice: Dice;
  readonly core: BooksCore;
  readonly ledger: StoryLedger;
  readonly erp: BooksErp;
  readonly storm: Storm;
}

/** Thrown when a worker stops without an outcome; its message comes again. */
class Stopped extends Error {}

/** One running copy of erp-sink. Imitates its poster, sweeper and batch releaser. */
export class StorySink {
  private readonly calls: BooksCalls;
  private readonly batchCalls: BatchCalls;
  /** Postings that the sweeper is at: it resumes several at once. */
  private readonly at = new Set<string>();

  constructor(
    private readonly shared: Shared,
    readonly host: Host,
  ) {
    const { erp, dice, storm, core } = shared;
    this.calls = new BooksCalls(erp, dice, storm, host, core.duties);
    this.batchCalls = new BatchCalls(erp, dice, storm, host, core.duties);
  }

  /** Handles one delivery until it is concluded. @returns false when the message has to come again. */
  *handle(request: StoryRequest): Process<boolean> {
    const { ledger, engine } = this.shared;
    try {
      for (;;) {
        const row = ledger.rowOf(request);
        const { missing, neverAsked } = ledger.needsOf(row, engine.now);
        const effects = ledger.step(
          row,
          { kind: 'requested', request: asked(request), missing, neverAsked, earlier: earlierOf(row) },
          engine.now,
        );
        if (!effects.some(({ kind }) => kind === 'busy')) {
          const failed = yield* this.act(row, effects);
          return failed === undefined || failed === 'reject';
        }
        yield busyPollMs;
      }
    } catch (error) {
      if (error instanceof Stopped) return false;
      throw error;
    }
  }

  /** Resumes what is stored and releases batches, for ever. */
  *sweeping(): Process {
    yield this.shared.dice.between(0, sweepMs);
    for (;;) {
      const { rows, batches } = this.shared.ledger;
      for (const row of rows.values()) if (this.isOpen(row)) this.alone(row);
      for (const batch of [...batches.values()]) if (this.mayStep(batch)) yield* this.tick(batch);
      yield this.isQuiet() ? idleSweepMs : sweepMs;
    }
  }

  /** Whether a tick can change anything: the rest is left out, as candidates are chosen in the ledger. */
  private mayStep({ id, batch }: StoryBatch): boolean {
    const { engine, ledger } = this.shared;
    if (batch.leaseUntil > engine.now || batch.notBefore > engine.now) return false;
    return batch.state !== 'released' || ledger.membersOf(id).some(({ posting, released }) => posting.state === 'posted' && !released);
  }

  /** Resumes a posting beside others, unless this copy is at it already. */
  private alone(row: StoryRow): void {
    const { at } = this;
    const { key } = row.request;
    if (at.has(key)) return;
    at.add(key);
    const work = this.resume(row);
    const whole = function* (): Process {
      yield* work;
      at.delete(key);
    };
    this.shared.engine.start(this.host, whole());
  }

  /** Whether nothing is under way, so that sweeping may be rare. */
  private isQuiet(): boolean {
    const { ledger, storm } = this.shared;
    if (!storm.isOver) return false;
    return ![...ledger.batches.values()].some(({ batch }) => batch.state !== 'released' && batch.state !== 'failed');
  }

  private *resume(row: StoryRow): Process {
    const { ledger, engine, core } = this.shared;
    if (!core.duties.resumesWaiters && row.posting.state === 'waiting') return;
    const { missing, neverAsked } = ledger.needsOf(row, engine.now);
    try {
      yield* this.act(row, ledger.step(row, { kind: 'resumed', missing, neverAsked }, engine.now));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }

  /** Whether a resumption can change anything: the rest is left out. */
  private isOpen({ posting }: StoryRow): boolean {
    const { now } = this.shared.engine;
    if (posting.leaseUntil > now || posting.notBefore > now) return false;
    if (posting.recheckAt !== undefined) return posting.recheckAt <= now;
    return posting.storedInLedger || posting.sentAt !== undefined;
  }

  /** Acts on effects until there is nothing to do. @returns the disposition of a failure. */
  private *act(row: StoryRow, first: readonly Effect[]): Process<string | undefined> {
    let effects = first;
    for (;;) {
      const failure = effects.find((effect) => effect.kind === 'fail');
      const next = effects.find(({ kind }) => kind === 'lookup' || kind === 'post' || kind === 'discard');
      if (!next) return failure?.disposition;
      effects = yield* this.call(row, next);
    }
  }

  private *call(row: StoryRow, effect: Effect): Process<readonly Effect[]> {
    const { ledger, engine, storm, dice, core } = this.shared;
    const { fence, leaseUntil } = row.posting;
    const report = (input: Input): readonly Effect[] => this.report(row, input);
    if (effect.kind === 'lookup') {
      yield effect.afterMs;
      const found = yield* this.calls.find(row.request, fence, effect.withinMs);
      return report(core.duties.comparesLines || found.kind !== 'lookup-answered' ? found : { ...found, missing: [] });
    }
    const dated = effect.kind === 'post' && row.posting.half === undefined ? this.date(row) : undefined;
    if (dated) return report({ kind: 'answered', fence, answer: dated });
    const batchId = effect.kind === 'post' && ledger.modeOf(row) === 'named' ? ledger.enter(row, engine.now) : undefined;
    yield dice.between(0, 100);
    if (storm.strikes('frozen', 0.03)) yield dice.between(5_000, 90_000);
    if (core.duties.leaseBeforeCall && leaseUntil - engine.now <= this.longestCallMs + callGraceMs) {
      report({ kind: 'abandoned', fence });
      throw new Stopped();
    }
    if (effect.kind === 'discard')
      return report({ kind: 'discard-answered', fence, answer: yield* this.calls.discard(row.request, effect.reference.Number) });
    const { request, date, posting } = row;
    const entry = { request, date, batchId, missing: this.missingOf(effect), known: posting.half?.reference.Number };
    const answer = yield* this.calls.post(entry);
    return report({ kind: 'answered', fence, answer });
  }

  private missingOf(effect: Effect): readonly string[] | undefined {
    if (effect.kind !== 'post') return undefined;
    return this.shared.core.duties.finishSendsMissing ? effect.missing : undefined;
  }

  /** The longest call as the sink knows it. */
  private get longestCallMs(): number {
    const { core, erp } = this.shared;
    return core.duties.leasePerTarget ? erp.traits.longestCallMs : usualCallMs;
  }

  /** Writes one step. A batch whose id comes with the document is known from then on, whoever found the document. */
  private report(row: StoryRow, input: Input): readonly Effect[] {
    const { ledger, engine, erp, core } = this.shared;
    const effects = ledger.step(row, input, engine.now);
    const isRecorded = core.duties.recordsBatchOfFound || input.kind === 'answered';
    if (isRecorded && ledger.modeOf(row) === 'assigned' && row.posting.reference !== undefined && row.batchId === undefined) {
      const stored = erp.numbered(row.posting.reference.Number ?? '');
      if (stored) ledger.assign(row, stored.batchId, engine.now);
    }
    return effects;
  }

  /** Moves the date out of a closed period, or says why it cannot. Also what the effect check says. */
  private date(row: StoryRow): Answer | undefined {
    const { core, erp } = this.shared;
    const { request } = row;
    const sum = request.effect.reduce((total, { amount }) => total + amount, 0);
    if (core.duties.checksEffect && sum !== 0) return { kind: 'rejected', code: 'posting.unbalanced', text: `out of balance by ${sum}` };
    if (!core.duties.readsPeriods) return undefined;
    const asked = row.posting.attempts > 1 ? row.date : request.date;
    const document = { postingKey: request.key, onClosedPeriod: request.onClosedPeriod } as unknown as Parameters<
      BooksCore['postingDateFor']
    >[0];
    const choice = core.postingDateFor(document, asked, erp.periods());
    if (choice.kind === 'closed') return { kind: 'ambiguous', code: choice.code, text: choice.text };
    row.date = choice.kind === 'moved' ? choice.date : asked;
    return undefined;
  }

  private *tick(one: StoryBatch): Process {
    const { ledger, engine, core } = this.shared;
    if (!core.duties.claimsAssigned && one.id.startsWith('A') && one.batch.state === 'releasing')
      one.batch = { ...one.batch, state: 'closing', sentAt: undefined, leaseUntil: 0, notBefore: 0 };
    let input: BatchInput | undefined = { kind: 'ticked', ...ledger.standingOf(one.id) };
    while (input) {
      const current = ledger.batches.get(one.id) as StoryBatch;
      const stepped = core.stepBatch(current.batch, input, engine.now, core.batch);
      current.batch = stepped.batch;
      input = undefined;
      for (const { kind } of stepped.effects) {
        if (kind === 'released') for (const row of ledger.membersOf(one.id)) row.released = row.posting.reference !== undefined;
        if (kind === 'failed' || kind === 'unresolved') for (const row of ledger.membersOf(one.id)) row.code = `batch-${kind}`;
        if (kind === 'lookup') input = yield* this.batchCalls.batchState(one.id, stepped.batch.fence);
        if (kind === 'release') input = yield* this.batchCalls.release(one.id, stepped.batch.fence);
      }
    }
  }
}

/** How long a message waits before it comes again, ms. */
export const redeliveredAfterMs = redeliverMs;

function asked({ requestId, digest, amount }: StoryRequest): PostingRequest {
  return { requestId, protocol: 'create-once', version: 0n, digest, amount: { minor: BigInt(amount), currency: 'USD' } };
}

function earlierOf({ result, request }: StoryRow): { readonly result: string; readonly digest: string } | undefined {
  return result === undefined ? undefined : { result, digest: request.digest };
}
