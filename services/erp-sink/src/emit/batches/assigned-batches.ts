import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector } from '@tributary/connector-kit';
import type { EntityManager } from 'typeorm';
import { requestedDocument } from '../../decide/requested-document.js';
import type { LedgerRow } from '../../decide/ledger-model.js';
import { toStorable } from '../ledger/storable-text.js';
import { CONNECTOR, TARGET } from '../tokens.js';

/**
 * Batches that the target itself creates, one for each document, when the document is saved. Each is released under its own claim, like a
 * named batch.
 */
@Injectable()
export class AssignedBatches {
  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /**
   * Records the batch of a saved document, in the transaction that records the document. @returns its id; undefined for a document without
   * a batch.
   */
  async record(tx: EntityManager, { posting, stored, postingDate }: LedgerRow, now: number): Promise<string | undefined> {
    const { connector, target } = this;
    if (!stored || posting.state !== 'posted' || posting.reference === undefined) return undefined;
    const { kind, release } = stored.value;
    if (connector.batchMode?.(kind) !== 'assigned') return undefined;
    const batchId = connector.batchIdOf?.(kind, posting.reference);
    const wanted = connector.batchOf?.(requestedDocument(stored.value, connector, postingDate));
    if (batchId === undefined || batchId === '' || !wanted) return undefined;
    await tx.query(
      `insert into erp_sink.batch (target, kind, date, bank_account, batch_id, mode, state, documents, opened_at, last_document_at, by_person)
       values ($1, $2, $3, $4, $5, 'assigned', 'closing', 1, $6, $6, $7) on conflict do nothing`,
      [target, ...[wanted.kind, wanted.date, wanted.partition, batchId].map(toStorable), new Date(now), release === false],
    );
    return batchId;
  }
}
