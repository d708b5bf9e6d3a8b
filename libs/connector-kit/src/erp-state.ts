import type { ErpReference } from './erp-document.js';

/** What a lookup found. */
export interface ErpFound {
  readonly reference: ErpReference;
  /** The header and all expected lines are stored. */
  readonly complete: boolean;
  /** Keys of the expected lines that are missing; empty for a complete document. */
  readonly missing: readonly string[];
}

/** State of a document in the ERP, for reconciliation. */
export interface ErpDocumentState {
  readonly reference: ErpReference;
  /** Decimal text in major units; undefined for master data. */
  readonly amount?: string;
  readonly currency?: string;
  /** Posted to the ledger, not only saved. */
  readonly released: boolean;
  /** The account that a payment was booked to; absent where the ERP does not say, and for documents that move no money. */
  readonly clearing?: ErpClearing;
  /** The entries of the ERP's general ledger for this document; absent where the ERP does not say, empty before its release. */
  readonly effect?: readonly ErpLedgerEntry[];
}

/** One line of the ERP's general ledger. Exactly one of `debit` and `credit` is present: positive decimal text in major units. */
export interface ErpLedgerEntry {
  readonly account: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly currency: string;
}

/** Sums of an account in one currency, decimal text in major units. */
export interface ErpAccountBalance {
  readonly account: string;
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
}

/** A fiscal period. Both dates belong to it, `YYYY-MM-DD`. */
export interface ErpPeriod {
  readonly from: string;
  readonly to: string;
  readonly open: boolean;
}

/** The bank account that a payment was booked to. */
export interface ErpClearing {
  readonly account: string;
  /** ISO code of the account's own currency, which may differ from that of the document. */
  readonly currency?: string;
  /** Decimal text in major units of the account's currency. */
  readonly amount?: string;
}

/** A document as a bulk lookup returns it. */
export interface ErpListedDocument extends ErpDocumentState {
  /** The document belongs to the posting key that has one of these marks (see `marksOf`). Compared exactly. */
  readonly marks: readonly string[];
  /** The whole posting key, where the document carries it and not a digest of it. */
  readonly plantedKey?: string;
  /** Keys of the lines that the document has, where its kind has lines; absent: the listing does not show them. */
  readonly lineKeys?: readonly string[];
  /** False: the document certainly lacks lines, which may be lines that the connector itself adds. */
  readonly complete?: boolean;
}

/** One page of a bulk lookup. */
export interface ErpPage {
  readonly documents: readonly ErpListedDocument[];
  /** Cursor of the next page; undefined after the last one. */
  readonly next: string | undefined;
}

/** One HTTP call that posting a document makes, for a dry run. */
export interface ErpCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the target's address. */
  readonly path: string;
  /** The body as it is sent, JSON; '' when there is none. Never credentials: those go in headers. */
  readonly body: string;
  /** For the reader of a dry run: when the call is made, and what the target itself adds. */
  readonly text: string;
}
