import type { Address, Money, PaymentMethod } from '../generated/types.js';

/** Kinds of canonical documents: what a flow asks for, before an ERP gives it its own form. */
export const documentKinds = [
  'customer',
  'item',
  'sales-order',
  'invoice',
  'credit-memo',
  'cash-receipt',
  'refund-payment',
  'application',
  'journal',
] as const;
/** One of {@link documentKinds}. */
export type DocumentKind = (typeof documentKinds)[number];

/** Another document, by what its posting key is made of. */
export interface DocumentRef {
  readonly document: string;
  readonly sourceId: string;
  readonly part: string | null;
}

/** Where a document comes from: ids and texts of the fact, for references and custom fields. */
export interface DocumentSource {
  readonly id: string;
  readonly paymentId: string | null;
  readonly chargeId: string | null;
  readonly description: string | null;
  readonly orderReference: string | null;
}

/** One line of a sales document. Amounts are as people read them: positive, whatever the document's kind does with them. */
export interface SalesLine {
  /** Handle: unique in its document, the same whenever the document is made. */
  readonly key: string;
  /** `item`, `text`, `shipping`, `discount` (net is negative), `fee`, `rounding`. */
  readonly kind: string;
  readonly item: string | null;
  readonly text: string;
  readonly quantity: string | null;
  readonly unit: Money | null;
  readonly net: Money;
  readonly tax: Money;
  readonly taxCode: string | null;
}

/** Sums over the lines of a sales document: gross = net + discount + shipping + tax. */
export interface SalesTotals {
  readonly net: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly gross: Money;
}

/** A sales order, an invoice or a credit memo. */
export interface SalesDocument {
  /** The customer: its own document, or another one that names it. Null: the walk-in customer. */
  readonly party: DocumentRef | null;
  readonly reference: string | null;
  /** Milliseconds since the epoch; the mapping makes a day of it. */
  readonly date: bigint;
  readonly due: bigint | null;
  readonly currency: string;
  readonly lines: readonly SalesLine[];
  readonly totals: SalesTotals;
  readonly reason: string | null;
  /** The document that a credit memo credits. */
  readonly credits: DocumentRef | null;
  readonly source: DocumentSource;
}

/** Money in (a cash receipt) or money out (the payment of a refund). */
export interface PaymentDocument {
  readonly party: DocumentRef | null;
  readonly method: PaymentMethod | null;
  readonly amount: Money;
  /** What the clearing account changes by, positive, when that is another currency or another amount; null otherwise. */
  readonly settled: Money | null;
  readonly date: bigint;
  /** Currency of the clearing account. */
  readonly clearing: string;
  /** The document that it settles or draws from; null: on account. */
  readonly settles: DocumentRef | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly source: DocumentSource;
}

/** An amount of one document applied to another. */
export interface ApplicationDocument {
  readonly from: DocumentRef;
  readonly to: DocumentRef;
  readonly amount: Money;
  readonly date: bigint;
  readonly source: DocumentSource;
}

/** One line of a journal: exactly one of debit and credit is given, positive. */
export interface JournalLine {
  readonly key: string;
  /** Neutral role of the account (docs/books.md). */
  readonly role: string;
  readonly debit: Money | null;
  readonly credit: Money | null;
  readonly text: string;
  /** How many movements are in it. */
  readonly count: bigint;
}

/** A balanced entry in the general ledger. */
export interface JournalDocument {
  readonly date: bigint;
  readonly currency: string;
  readonly lines: readonly JournalLine[];
  readonly text: string;
  /** The journal that this one undoes. */
  readonly reverses: DocumentRef | null;
  readonly source: DocumentSource;
}

/** A customer, or a guest. */
export interface CustomerDocument {
  readonly customerId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: Address | null;
  readonly currency: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A product. */
export interface ItemDocument {
  readonly productId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly active: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The document of each kind. */
export interface CanonicalDocuments {
  readonly customer: CustomerDocument;
  readonly item: ItemDocument;
  readonly 'sales-order': SalesDocument;
  readonly invoice: SalesDocument;
  readonly 'credit-memo': SalesDocument;
  readonly 'cash-receipt': PaymentDocument;
  readonly 'refund-payment': PaymentDocument;
  readonly application: ApplicationDocument;
  readonly journal: JournalDocument;
}
