import type { AmountView } from './amounts.js';

/**
 * What a status means for whoever looks at it: `open`: somebody has to do something; `underWay`: it goes on by itself; `settled`: everything
 * that was asked for is in the ledgers and nothing contradicts it; `closed`: nothing is booked, and nothing will be.
 */
export type StatusTone = 'open' | 'underWay' | 'settled' | 'closed';

/** A piece of a sentence. An open list: a client that does not know a kind shows its text. */
export type StatusPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'amount'; readonly text: string; readonly amount: AmountView }
  | { readonly kind: 'instant'; readonly text: string; readonly at: string }
  /** A document of a target, by its number there. */
  | { readonly kind: 'document'; readonly text: string; readonly postingKey: string }
  | { readonly kind: 'payout'; readonly text: string; readonly payoutId: string }
  /** A list that is meant: a request of this API. */
  | { readonly kind: 'list'; readonly text: string; readonly list: string };

/** One statement of a status, to be shown with those before it in one sentence. */
export interface StatusClauseView {
  readonly tone: StatusTone;
  readonly parts: readonly StatusPart[];
}

/** Where a payment stands, in one sentence. Its tone is that of its most urgent clause; an open one comes first. */
export interface PaymentStatusView {
  readonly tone: StatusTone;
  /** At least one. */
  readonly clauses: readonly StatusClauseView[];
}
