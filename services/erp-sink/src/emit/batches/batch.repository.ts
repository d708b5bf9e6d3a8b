import { Inject, Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { stepBatch } from '@tributary/posting';
import type { Batch, BatchEffect, BatchInput, BatchPolicy, BatchStep } from '@tributary/posting';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { BatchDocuments } from './batch-documents.js';
import { batchOfRow } from './batch-row.js';
import type { RawBatch } from './batch-row.js';
import type { RawReleaseOrder } from './release-order.js';
import { ReleaseOrders } from './release-orders.js';
import type { ReleaseOrder } from './release-orders.js';
import { ReleaseStops } from './release-stops.js';
import { Lease, startStopwatch } from '../../call-deadline.js';
import { toStorable } from '../ledger/storable-text.js';
import { BATCH_POLICY, TARGET } from '../tokens.js';

/** What one step of a batch wrote, and what it asks for. */
export interface SteppedBatch {
  readonly raw: RawBatch;
  readonly batch: Batch;
  readonly effect: BatchEffect['kind'] | undefined;
  /** For `lookup`: its timeout, ms; a later answer counts as none. */
  readonly withinMs: number | undefined;
  /** Lease of the claim under which the effect is carried out. */
  readonly lease: Lease;
  /** Posting keys of the documents that this step found to be released. */
  readonly released: readonly string[];
}

/** Has the last word about a step, within its transaction: returns what is written and carried out instead of what is proposed. */
export type StepCheck = (tx: EntityManager, before: Batch, proposed: BatchStep) => Promise<BatchStep>;

/** A step of an order. */
export interface OrderedBatch extends SteppedBatch {
  /** The order, when it waits for a second person. The batch is as it was. */
  readonly waiting: RawReleaseOrder | undefined;
}

/** Code that documents are held with, by what happened to their batch. */
const heldCodes: Partial<Record<BatchEffect['kind'], string>> = {
  failed: 'posting.batch-failed',
  unresolved: 'posting.batch-outcome-unknown',
};

/** Batches in PostgreSQL: every change is one transaction over the pure step, under the batch's fence. */
@Injectable()
export class BatchRepository {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(BatchDocuments) private readonly documents: BatchDocuments,
    @Inject(ReleaseOrders) private readonly orders: ReleaseOrders,
    @Inject(ReleaseStops) private readonly stops: ReleaseStops,
    @Inject(BATCH_POLICY) private readonly policy: BatchPolicy,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** Ids of batches that may need a step, including released ones with a document that was found later. */
  async candidates(limit: number): Promise<string[]> {
    const rows = await withDatabase('looking for batches', () =>
      this.database.query<{ batch_id: string }[]>(
        `select batch_id from erp_sink.batch b where target = $1 and (state <> 'released' or exists (
           select from erp_sink.posting p where p.target = b.target and p.batch_id = b.batch_id and p.state = 'posted' and not p.released))
         order by coalesce(not_before, opened_at) limit $2`,
        [this.target, limit],
      ),
    );
    return rows.map(({ batch_id }) => batch_id);
  }

  /** Closes the batch when it is due, and claims it for release when none of its documents is unfinished. */
  async tick(batchId: string): Promise<SteppedBatch> {
    return this.step(batchId, async (tx) => {
      return {
        kind: 'ticked',
        unfinished: await this.documents.unfinished(tx, batchId),
        unreleased: await this.documents.unreleased(tx, batchId),
        needed: await this.documents.isNeeded(tx, batchId),
      };
    });
  }

  /** Records the result of a lookup or a release. */
  async report(batchId: string, input: Extract<BatchInput, { fence: number }>): Promise<SteppedBatch> {
    return this.step(batchId, async (tx) => {
      const skipped = input.kind === 'answered' && input.answer === 'skipped';
      const absent = input.kind === 'lookup-answered' && input.state === 'absent';
      if (!skipped && !absent) return input;
      const entered = await this.documents.unreleased(tx, batchId);
      // The batch was never opened in the ERP: its documents moved to another batch or were rejected.
      if (absent)
        return entered > 0 ? input : { kind: 'answered', fence: input.fence, answer: 'skipped', text: 'nothing was entered in it' };
      if (entered === 0) return input;
      // The target had nothing to release, but the ledger has documents in the batch: they are missing from the target's general ledger.
      return {
        ...input,
        answer: 'rejected',
        text: `${entered} documents were entered in it, but the target has nothing to release: ${input.text}`,
      };
    });
  }

  /**
   * An operator orders the release of a batch that failed or waits for an operator. Above the limit of their roles the order waits for a
   * second person. @returns undefined when there is no such batch.
   */
  async order(batchId: string, order: ReleaseOrder): Promise<OrderedBatch | undefined> {
    const id = toStorable(batchId);
    const [there] = await withDatabase(`ordering batch ${batchId}`, () =>
      this.database.query<unknown[]>('select 1 from erp_sink.batch where target = $1 and batch_id = $2', [this.target, id]),
    );
    if (!there) return undefined;
    let waiting: RawReleaseOrder | undefined;
    const stepped = await this.step(
      id,
      () => Promise.resolve({ kind: 'ordered' }),
      async (tx, before, proposed) => {
        if (proposed.effects.some(({ kind }) => kind === 'order-refused')) return proposed;
        waiting = await this.orders.ask(tx, id, order);
        return waiting ? { batch: before, effects: [] } : proposed;
      },
    );
    return { ...stepped, waiting };
  }

  /** One step of a batch under the lock of its row. @param batchId storable. @param check default: asks whether the order of a release still holds. */
  async step(
    batchId: string,
    input: (tx: EntityManager) => Promise<BatchInput>,
    check: StepCheck = (tx, before, proposed) => this.holding(tx, batchId, before, proposed),
  ): Promise<SteppedBatch> {
    return withDatabase(`releasing batch ${batchId}`, () =>
      this.database.transaction(async (tx) => {
        // The lock comes first: a step that enters a document holds it too, so the counts below are complete.
        const [raw] = await tx.query<RawBatch[]>('select * from erp_sink.batch where target = $1 and batch_id = $2 for update', [
          this.target,
          batchId,
        ]);
        if (!raw) throw new RangeError(`releasing batch ${batchId}: ${this.target} has none of that name`);
        const before = batchOfRow(raw);
        const asked = startStopwatch();
        const [clock] = await tx.query<{ now: Date }[]>('select clock_timestamp() as now');
        const now = clock?.now.getTime() ?? 0;
        const { batch, effects } = await check(tx, before, stepBatch(before, await input(tx), now, this.policy));
        if (batch !== before) await this.write(tx, batchId, before, batch);
        const effect = effects.at(0);
        const released =
          effect?.kind === 'released' ? await this.documents.record(tx, batchId, { result: 'released', code: null, text: null }, now) : [];
        if (effect?.kind === 'released' || effect?.kind === 'failed') await this.orders.ended(tx, batchId, effect.kind);
        const text = `batch ${batchId}: ${batch.text ?? 'not released'}`;
        const code = effect && heldCodes[effect.kind];
        if (code !== undefined) await this.documents.record(tx, batchId, { result: 'held', code, text }, now);
        const withinMs = effect?.kind === 'lookup' ? effect.withinMs : undefined;
        return { raw, batch, effect: effect?.kind, withinMs, lease: new Lease(asked, batch.leaseUntil - now), released };
      }),
    );
  }

  /** Nothing is sent for an order that does not hold any more: the batch fails, and can be ordered again. */
  private async holding(tx: EntityManager, batchId: string, before: Batch, proposed: BatchStep): Promise<BatchStep> {
    if (!proposed.effects.some(({ kind }) => kind === 'release')) return proposed;
    const text = await this.stops.stopBeforeRelease(tx, batchId);
    if (text === undefined) return proposed;
    const notBefore = (proposed.batch.sentAt ?? 0) + this.policy.retryMs;
    return {
      batch: { ...before, state: 'failed', leaseUntil: 0, sentAt: undefined, notBefore, lookups: 0, text },
      effects: [{ kind: 'failed' }],
    };
  }

  private async write(tx: EntityManager, batchId: string, before: Batch, batch: Batch): Promise<void> {
    const at = (ms: number | undefined): Date | null => (ms ? new Date(ms) : null);
    await tx.query(
      `update erp_sink.batch set state = $4, fence = $5, lease_until = $6, attempts = $7, sent_at = $8, not_before = $9, text = $10, looks = $11, by_person = $12
       where target = $1 and batch_id = $2 and fence = $3`,
      [
        this.target,
        batchId,
        String(before.fence),
        batch.state,
        String(batch.fence),
        at(batch.leaseUntil),
        batch.attempts,
        at(batch.sentAt),
        at(batch.notBefore),
        batch.text === undefined ? null : toStorable(batch.text),
        batch.lookups ?? 0,
        batch.byPerson ?? false,
      ],
    );
  }
}
