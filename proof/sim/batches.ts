import { batchIdOf } from '@tributary/posting';
import type { Batch, BatchEffect, BatchInput } from '@tributary/posting';
import type { Row, SimDatabase } from './database.js';
import type { Host, Process } from './engine.js';
import type { Conclusion, SimOutcomes } from './outcomes.js';
import { Failed } from './world.js';
import type { World } from './world.js';

/** Result of one step of a batch. */
export interface SteppedBatch {
  readonly batch: Batch;
  readonly effect: BatchEffect | undefined;
  readonly leaseLeftMs: () => number;
}

/** Posting day of every batch. */
const day = '2026-11-21';

/** Imitates services/erp-sink's batch chooser and batch repository. */
export class SimBatches {
  constructor(
    private readonly world: World,
    private readonly database: SimDatabase,
    private readonly outcomes: SimOutcomes,
  ) {}

  /** The batch for a document, opened when there is none that takes it; keeps `earlier` as long as that one accepts documents. */
  choose(earlier: string | undefined, now: number): string {
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

  /** Batches that may need work: not released, or with documents that are not. */
  *candidates(host: Host): Process<string[]> {
    return yield* this.database.transaction(host, 'looking for batches', () =>
      [...this.database.batches].filter(([id, batch]) => batch.state !== 'released' || this.unreleased(id).length > 0).map(([id]) => id),
    );
  }

  *tick(host: Host, batchId: string): Process<SteppedBatch> {
    return yield* this.step(host, batchId, () => ({ kind: 'ticked', unfinished: this.unfinishedIn(batchId) }));
  }

  *report(host: Host, batchId: string, input: Exclude<BatchInput, { kind: 'ticked' }>): Process<SteppedBatch> {
    return yield* this.step(host, batchId, () => {
      // Nothing to release there although the ledger has documents in the batch: they did not get into the target's ledger.
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

  private *step(host: Host, batchId: string, inputOf: () => BatchInput): Process<SteppedBatch> {
    const { database, world } = this;
    const elapsedMs = host.stopwatch();
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
      if (batch.state === 'released') this.concludeDocuments(batchId, { result: 'released' }, now);
      if (effect?.kind === 'failed' || effect?.kind === 'unresolved')
        this.concludeDocuments(
          batchId,
          { result: 'held', code: 'posting.batch-failed', text: `batch ${batchId}: ${batch.text ?? ''}` },
          now,
        );
      return { batch, effect, leaseLeftMs: () => batch.leaseUntil - now - elapsedMs() };
    });
  }

  private concludeDocuments(batchId: string, conclusion: Conclusion, now: number): void {
    for (const row of this.unreleased(batchId)) {
      if (!row.stored) continue;
      this.outcomes.record(row.stored, conclusion, row.posting.reference?.['id'], true, now);
      if (conclusion.result === 'released') this.database.postings.set(row.key, { ...row, released: true });
    }
  }
}
