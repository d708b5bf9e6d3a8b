import type { AmountView } from './amounts.js';

/**
 * Result of comparing what a document was asked to do to the books with the entries that the ERP's ledger has for it (I11). `pending`: it is
 * not in the ledger yet, because it was not read or not released. `missing`: the ERP has no such document any more. `notCompared`: the
 * target does not tell its entries; `text` says why.
 */
export type LedgerEffectState = 'matched' | 'different' | 'missing' | 'pending' | 'notCompared';

/** One line of what a document does to the books. */
export interface EffectLineView {
  /** Role of the account, the same for every ERP: `AR`, `CLR`, `FEE`. Empty for an account that has no role in the profile. */
  readonly role: string;
  /** Null where the ERP itself determines it. */
  readonly account: string | null;
  readonly debit: AmountView | null;
  readonly credit: AmountView | null;
}

/** What the ERP's ledger says about a document, beside its requested effect. */
export interface LedgerEffectView {
  readonly state: LedgerEffectState;
  /** What differs and what to do, or why it was not compared; null where there is nothing to add. */
  readonly text: string | null;
  /** The ERP's entries; empty where it did not tell any. */
  readonly entries: readonly EffectLineView[];
  /** When the ledger was read last; null before the first time. */
  readonly checkedAt: string | null;
}

/** One row of `GET /reconciliation/documents`. */
export interface DocumentComparison {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly state: LedgerEffectState;
  readonly text: string | null;
  readonly checkedAt: string | null;
  /** The charge that the document belongs to; null for a journal of a payout and the like. */
  readonly chargeId: string | null;
  readonly eventId: string;
}

/** Answer of `GET /reconciliation/documents`, the newest reading first. */
export interface DocumentComparisons {
  readonly summary: Readonly<Record<LedgerEffectState, number>>;
  readonly documents: readonly DocumentComparison[];
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null;
  /** Cursor of the page before; null on the first. */
  readonly previous: string | null;
}
