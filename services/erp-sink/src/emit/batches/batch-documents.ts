import { Inject, Injectable } from '@nestjs/common';
import type { PostingConcluded } from '@tributary/contracts';
import { isPayloadProblem, payloadsOf } from '@tributary/persistence';
import type { PayloadCipher } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import { openedRow, postingPayloads } from '../ledger/ledger-payloads.js';
import { rowOf } from '../ledger/ledger-row.js';
import type { RawRow } from '../ledger/ledger-row.js';
import { OutcomeRepository } from '../ledger/outcome.repository.js';
import { toPostingConcluded } from '../ledger/outcome-unit-of-work.js';
import { TARGET } from '../tokens.js';
import { isReleaseNeeded } from './needed-batches.js';

/** The documents of a batch, within the transaction that steps the batch. */
@Injectable()
export class BatchDocuments {
  constructor(
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** Postings of the batch that keep it from being released. */
  async unfinished(tx: EntityManager, batchId: string): Promise<number> {
    const [counted] = await tx.query<{ count: number }[]>(
      // I3, I11: the batch is not released while it may hold a half document (even one not looked up yet) or a duplicate that can still be
      // deleted.
      `select count(*)::int as count from erp_sink.posting
       where target = $1 and batch_id = $2 and (state in ('claimed', 'unknown') or half is not null or twice or (recheck_at is not null and rechecks = 0))`,
      [this.target, batchId],
    );
    return (counted?.count ?? 0) + (await this.heldWithLines(tx, batchId));
  }

  /** Held documents that were sent and have lines. One whose request cannot be decrypted may have some. */
  private async heldWithLines(tx: EntityManager, batchId: string): Promise<number> {
    const held = await tx.query<Pick<RawRow, 'posting_key' | 'request'>[]>(
      `select posting_key, request from erp_sink.posting
       where target = $1 and batch_id = $2 and state = 'held' and sent_at is not null and request is not null
         and not (half is not null or twice or (recheck_at is not null and rechecks = 0))`,
      [this.target, batchId],
    );
    return held.filter((raw) => mayHaveLines(payloadsOf(tx), raw)).length;
  }

  /** Whether a posting waits for the release of one of its documents. */
  async isNeeded(tx: EntityManager, batchId: string): Promise<boolean> {
    const waiting = await tx.query<unknown[]>(
      `select 1 from erp_sink.posting p where p.target = $1 and p.batch_id = $2 and p.reference is not null and not p.released
         and ${isReleaseNeeded} limit 1`,
      [this.target, batchId],
    );
    return waiting.length > 0;
  }

  /** Saved documents that are not released. */
  async unreleased(tx: EntityManager, batchId: string): Promise<number> {
    const [counted] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from erp_sink.posting where target = $1 and batch_id = $2 and state = 'posted' and not released`,
      [this.target, batchId],
    );
    return counted?.count ?? 0;
  }

  /** Records the result of the batch for each of its saved documents, to be published from the ledger. @returns their posting keys. */
  async record(
    tx: EntityManager,
    batchId: string,
    word: Pick<PostingConcluded, 'result' | 'code' | 'text'>,
    now: number,
  ): Promise<string[]> {
    const rows = await tx.query<RawRow[]>(
      `select * from erp_sink.posting where target = $1 and batch_id = $2 and state = 'posted' and not released for update`,
      [this.target, batchId],
    );
    const documents = rows
      .map((raw) => rowOf(raw, payloadsOf(tx)))
      .flatMap(({ stored, posting, postingDate }) => (stored ? [{ stored, posting, postingDate }] : []));
    const words = await this.outcomes.load(
      tx,
      documents.map(({ stored }) => stored.requestId),
    );
    for (const { stored, posting, postingDate } of documents) {
      const { attempts, reference } = posting;
      words.record(stored, toPostingConcluded(stored, { ...word, attempts, reference, postingDate, concludedAt: now }), true);
    }
    await this.outcomes.write(tx, words);
    if (word.result === 'released')
      await tx.query(
        `update erp_sink.posting set released = true, changed_at = clock_timestamp() where target = $1 and batch_id = $2 and state = 'posted'`,
        [this.target, batchId],
      );
    return rows.map(({ posting_key }) => posting_key);
  }
}

function mayHaveLines(cipher: PayloadCipher, raw: Pick<RawRow, 'posting_key' | 'request'>): boolean {
  try {
    const { request } = openedRow(cipher, postingPayloads, [raw.posting_key], raw);
    return ((request as { readonly lines?: readonly unknown[] }).lines ?? []).length > 0;
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return true;
  }
}
