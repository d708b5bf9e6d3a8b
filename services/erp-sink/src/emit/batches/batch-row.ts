import type { ErpBatch } from '@tributary/connector-kit';
import type { Batch } from '@tributary/posting';
import { fromStorable } from '../ledger/storable-text.js';

/** A row of `erp_sink.batch`, as the driver reads it. */
export interface RawBatch {
  target: string;
  batch_id: string;
  kind: string;
  date: string;
  bank_account: string;
  state: string;
  fence: string;
  lease_until: Date | null;
  attempts: number;
  sent_at: Date | null;
  not_before: Date | null;
  documents: number;
  opened_at: Date;
  last_document_at: Date;
  text: string | null;
  looks: number;
  mode: string;
  by_person: boolean;
}

/** The batch of a row, as libs/posting knows it. */
export function batchOfRow(raw: RawBatch): Batch {
  return {
    state: raw.state as Batch['state'],
    fence: Number(raw.fence),
    leaseUntil: raw.lease_until?.getTime() ?? 0,
    attempts: raw.attempts,
    sentAt: raw.sent_at?.getTime(),
    notBefore: raw.not_before?.getTime() ?? 0,
    documents: raw.documents,
    openedAt: raw.opened_at.getTime(),
    lastDocumentAt: raw.last_document_at.getTime(),
    text: raw.text === null ? undefined : fromStorable(raw.text),
    lookups: raw.looks,
    byPerson: raw.by_person,
  };
}

/** The batch as the connector knows it. */
export function erpBatchOf({ batch_id, kind, date, bank_account }: RawBatch): ErpBatch {
  return {
    batchId: fromStorable(batch_id),
    kind: fromStorable(kind) as ErpBatch['kind'],
    date: fromStorable(date),
    partition: fromStorable(bank_account),
  };
}
