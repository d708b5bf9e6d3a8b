/** Kinds of batches. A batch holds documents of one kind, date and partition. */
export type ErpBatchKind = 'cash-group' | 'invoice-group' | 'journal-group' | 'application-group';

/**
 * How documents of a kind reach the ledger.
 * - `named`: in a batch whose id we choose; releasing the batch posts them
 * - `assigned`: the ERP gives each document a batch of its own when it is saved; releasing the batch is a second call
 * - `none`: a saved document is already released
 */
export type ErpBatchMode = 'named' | 'assigned' | 'none';

/** A batch of saved documents that has to be released to reach the ledger (saving is not posting). */
export interface ErpBatch {
  readonly batchId: string;
  readonly kind: ErpBatchKind;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** What else divides batches of a kind and a date: a bank account, a currency, a journal code. */
  readonly partition: string;
}

/** State of a batch in the ERP. */
export type BatchState = 'absent' | 'open' | 'posting' | 'posted' | 'failed';
