import { Inject, Injectable } from '@nestjs/common';
import type { ErpBatch } from '@tributary/connector-kit';
import { batchIdOf, takesDocuments } from '@tributary/posting';
import type { BatchPolicy } from '@tributary/posting';
import type { EntityManager } from 'typeorm';
import { batchOfRow } from './batch-row.js';
import type { RawBatch } from './batch-row.js';
import { fromStorable, toStorable } from '../ledger/storable-text.js';
import { BATCH_POLICY } from '../tokens.js';

/** The batch that a document belongs in, without its id. */
export interface WantedBatch extends Omit<ErpBatch, 'batchId'> {
  /** An operator releases the batch. */
  readonly byPerson: boolean;
}

/** Chooses the batch that a document is entered in, within the transaction that claims its posting. */
@Injectable()
export class BatchChooser {
  constructor(@Inject(BATCH_POLICY) private readonly policy: BatchPolicy) {}

  /**
   * The open batch of that kind, date and partition; a new one when none is open or the open one is full.
   * @param wanted `byPerson`: its documents stay saved until an operator releases the batch, so they have batches of their own.
   * @param earlier batch of an earlier attempt: kept as long as it was not released, since the document may be in it.
   */
  async choose(tx: EntityManager, target: string, wanted: WantedBatch, earlier: string | undefined, now: number): Promise<string> {
    if (earlier !== undefined) {
      const [kept] = await tx.query<RawBatch[]>(
        `select * from erp_sink.batch where target = $1 and batch_id = $2 and date = $3 and state in ('open', 'closing') for update`,
        [target, toStorable(earlier), toStorable(wanted.date)],
      );
      if (kept) return fromStorable(kept.batch_id);
    }
    // One transaction at a time per target and day: batch ids are sequential, and at most one batch is open.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [toStorable(`batch ${target} ${wanted.date}`)]);
    const of = [target, ...[wanted.kind, wanted.date, wanted.partition].map(toStorable)];
    const [open] = await tx.query<RawBatch[]>(
      `select * from erp_sink.batch where target = $1 and kind = $2 and date = $3 and bank_account = $4 and by_person = $5 and state = 'open' for update`,
      [...of, wanted.byPerson],
    );
    if (open && takesDocuments(batchOfRow(open), now, this.policy)) {
      await tx.query('update erp_sink.batch set documents = documents + 1, last_document_at = $3 where target = $1 and batch_id = $2', [
        target,
        open.batch_id,
        new Date(now),
      ]);
      return fromStorable(open.batch_id);
    }
    if (open) await tx.query(`update erp_sink.batch set state = 'closing' where target = $1 and batch_id = $2`, [target, open.batch_id]);
    return this.open(tx, target, wanted, now);
  }

  private async open(tx: EntityManager, target: string, wanted: WantedBatch, now: number): Promise<string> {
    const [counted] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from erp_sink.batch where target = $1 and date = $2 and mode = 'named'`,
      [target, toStorable(wanted.date)],
    );
    const batchId = batchIdOf(wanted.date, counted?.count ?? 0);
    await tx.query(
      `insert into erp_sink.batch (target, kind, date, bank_account, batch_id, documents, opened_at, last_document_at, by_person)
       values ($1, $2, $3, $4, $5, 1, $6, $6, $7)`,
      [target, ...[wanted.kind, wanted.date, wanted.partition, batchId].map(toStorable), new Date(now), wanted.byPerson],
    );
    return batchId;
  }
}
