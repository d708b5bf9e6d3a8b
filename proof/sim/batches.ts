import { batchIdOf } from '@tributary/posting';
import type { Batch, BatchEffect, BatchInput } from '@tributary/posting';
import { BatchContents } from './batch-contents.js';
import type { Core } from './core.js';
import type { Row, SimDatabase } from './database.js';
import { assignedBatch } from './erp-ledger.js';
import type { Host, Process } from './engine.js';
import type { Conclusion, SimOutcomes } from './outcomes.js';
import type { SimKind } from './sim-request.js';
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
  private readonly contents: BatchContents;
  /** Kind of each batch. */
  private readonly groups: Map<string, string>;

  constructor(
    private readonly world: World,
    private readonly database: SimDatabase,
    private readonly outcomes: SimOutcomes,
  ) {
    this.groups = database.groups;
    this.contents = new BatchContents(database, world.core.glue);
  }

  /** The batch for a document, opened when there is none that takes it; keeps `earlier` as long as that one accepts documents. */
  choose(kind: SimKind, earlier: string | undefined, now: number): string {
    const { batches } = this.database;
    if (this.world.isAssigned(kind)) return assignedBatch;
    const group = groupOf(kind);
    const kept = earlier === undefined ? undefined : batches.get(earlier);
    if (earlier !== undefined && (kept?.state === 'open' || kept?.state === 'closing')) return earlier;
    const open = [...batches].find(([id, batch]) => batch.state === 'open' && this.groups.get(id) === group);
    const { maxDocuments, maxAgeMs } = this.world.core.batch;
    if (open && open[1].documents < maxDocuments && now - open[1].openedAt < maxAgeMs) {
      batches.set(open[0], { ...open[1], documents: open[1].documents + 1, lastDocumentAt: now });
      return open[0];
    }
    if (open) batches.set(open[0], { ...open[1], state: 'closing' });
    const batchId = batchIdOf(day, batches.size);
    this.groups.set(batchId, group);
    batches.set(batchId, this.batch('open', now));
    return batchId;
  }

  /** The batch that came with the document: of one document, and closed. Released under a claim of its own. */
  assign(row: Row, now: number): Row {
    const { posting, stored } = row;
    if (!stored || posting.state !== 'posted' || !this.world.isAssigned(stored.request.kind)) return row;
    const batchId = posting.reference?.['batchId'];
    if (batchId === undefined) return row;
    if (!this.database.batches.has(batchId)) this.database.batches.set(batchId, this.batch('closing', now));
    return { ...row, batchId };
  }

  private batch(state: Batch['state'], now: number): Batch {
    return {
      state,
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
    };
  }

  /** Batches that may need work: not released, or with documents that are not. */
  *candidates(host: Host): Process<string[]> {
    return yield* this.database.transaction(host, 'looking for batches', () => {
      const unreleased = this.contents.withUnreleased();
      return [...this.database.batches].filter(([id, batch]) => batch.state !== 'released' || unreleased.has(id)).map(([id]) => id);
    });
  }

  *tick(host: Host, batchId: string): Process<SteppedBatch> {
    return yield* this.step(host, batchId, () => ({
      kind: 'ticked',
      unfinished: this.contents.unfinished(batchId),
      unreleased: this.contents.unreleased(batchId).length,
      needed: this.contents.isNeeded(batchId),
    }));
  }

  *report(host: Host, batchId: string, input: Exclude<BatchInput, { kind: 'ticked' }>): Process<SteppedBatch> {
    return yield* this.step(host, batchId, () => {
      const isAbsent = input.kind === 'lookup-answered' && input.state === 'absent';
      if (isAbsent && this.contents.unreleased(batchId).length === 0)
        return { kind: 'answered', fence: input.fence, answer: 'skipped', text: 'nothing was entered in it' };
      // Nothing to release there although the ledger has documents in the batch: they did not get into the target's ledger.
      const lost = input.kind === 'answered' && input.answer === 'skipped' && this.contents.unreleased(batchId).length > 0;
      return lost ? { ...input, answer: 'rejected' } : input;
    });
  }

  /** Whether it waits for a document that only its worker or a person can bring to an end. */
  isBlocked(batchId: string): boolean {
    return this.database.batches.get(batchId)?.state === 'closing' && this.contents.unfinished(batchId) > 0;
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
    for (const row of this.contents.unreleased(batchId)) {
      if (!row.stored) continue;
      this.outcomes.record(row.stored, conclusion, row.posting.reference?.['id'], true, now);
      if (conclusion.result === 'released') this.database.postings.set(row.key, { ...row, released: true });
    }
  }
}

/** Which kind of batch the documents of a kind are entered in. */
function groupOf(kind: SimKind): 'cash-group' | 'invoice-group' | 'application-group' | 'journal-group' {
  if (kind === 'invoice' || kind === 'credit-memo' || kind === 'refund-payment') return 'invoice-group';
  if (kind === 'application') return 'application-group';
  return kind === 'journal' ? 'journal-group' : 'cash-group';
}

/** An operator orders the release of a batch that failed. */
export function orderRelease(batchId: string, database: SimDatabase, core: Core): void {
  const batch = database.batches.get(batchId);
  if (batch) database.batches.set(batchId, core.stepBatch(batch, { kind: 'ordered' }, database.now(), core.batch).batch);
}
