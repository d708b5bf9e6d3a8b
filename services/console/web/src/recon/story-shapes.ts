import type { Amount } from './amount-shape.js';

/** One piece of the sentence about a payment: words, or a value with what it leads to. */
export interface StatusPart {
  readonly kind: string;
  readonly text: string;
  readonly amount: Amount | null;
  readonly at: string | null;
  /** Posting key, id of a payout or request of a list, by kind. */
  readonly leadsTo: string | null;
}

/** One statement of the sentence. */
export interface StatusClause {
  readonly tone: string;
  readonly parts: readonly StatusPart[];
}

/** Where a payment stands, in one sentence. */
export interface PaymentStatus {
  readonly tone: string;
  readonly clauses: readonly StatusClause[];
}

/** Where a figure comes from: a movement, a document or an event, by its id. */
export interface MoneySource {
  readonly kind: string;
  readonly id: string;
}

/** One figure on the way from gross to net. */
export interface MoneyLine {
  readonly what: string;
  readonly detail: string | null;
  readonly amount: Amount | null;
  readonly at: string | null;
  readonly source: MoneySource | null;
  /** How the ledger compares with a document; null for everything else. */
  readonly state: string | null;
}

/** What the ledger of one target has of a payment. */
export interface LedgerMoney {
  readonly target: string;
  readonly lines: readonly MoneyLine[];
  readonly clearing: Amount | null;
  readonly clearingRead: boolean;
  readonly expected: Amount | null;
  readonly difference: Amount | null;
  readonly text: string | null;
}

/** A payout with the part of a payment that is in it. */
export interface PayoutShare {
  readonly payoutId: string;
  readonly movementId: string | null;
  readonly at: string | null;
  readonly share: Amount | null;
  readonly total: Amount | null;
}

/** A payment from what the customer paid to what reached the bank. */
export interface PaymentMoney {
  readonly charge: readonly MoneyLine[];
  readonly kept: Amount | null;
  readonly conversion: { readonly from: Amount | null; readonly to: Amount | null; readonly rate: string | null } | null;
  readonly balance: readonly { readonly currency: string; readonly lines: readonly MoneyLine[]; readonly net: Amount | null }[];
  readonly payouts: readonly PayoutShare[];
  readonly balanceText: string | null;
  readonly ledgers: readonly LedgerMoney[];
}

/** The rule that a document was requested by. Places are file and line, as one text. */
export interface PostingRule {
  readonly flow: string;
  readonly mappingVersion: string;
  readonly step: string | null;
  readonly mapping: string | null;
  readonly place: string | null;
  readonly lines: readonly {
    readonly role: string;
    readonly side: string;
    readonly amount: Amount | null;
    readonly account: string | null;
    readonly place: string | null;
  }[];
  /** Why there are no places; null where there are. */
  readonly text: string | null;
}
