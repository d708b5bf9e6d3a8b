import type { AmountView } from './amounts.js';
import type { LedgerEffectState } from './ledger-effects.js';

/** Where a figure comes from. */
export type MoneySource =
  | { readonly kind: 'movement'; readonly id: string }
  | { readonly kind: 'document'; readonly postingKey: string }
  | { readonly kind: 'event'; readonly eventId: string };

/** One figure on the way from gross to net. What leaves is negative. */
export interface MoneyLineView {
  /** An open list: a client shows an unknown one by its name. */
  readonly what: 'charged' | 'refunded' | 'disputed' | 'failed' | 'fee' | 'other' | 'receipt' | 'document';
  /** More about it: Stripe's category of an `other` movement, the kind of a document. */
  readonly detail: string | null;
  readonly amount: AmountView;
  readonly at: string | null;
  readonly source: MoneySource | null;
}

/** Movements of Stripe's balance because of a payment, in one settlement currency. */
export interface BalanceMoneyView {
  readonly currency: string;
  readonly lines: readonly MoneyLineView[];
  /** Sum of the lines. */
  readonly net: AmountView;
}

/** A payout that took movements of a payment to the bank. */
export interface PayoutShareView {
  readonly payoutId: string;
  /** Balance transaction of the payout; null while it is not known. */
  readonly movementId: string | null;
  readonly at: string | null;
  /** What of this payment is in it, net. */
  readonly share: AmountView;
  /** The whole payout; null while its own movement is not known. */
  readonly total: AmountView | null;
}

/** What the ledger of one target has because of a payment. */
export interface LedgerMoneyView {
  readonly target: string;
  readonly lines: readonly (MoneyLineView & { readonly state: LedgerEffectState | null })[];
  /** What its clearing account got, debit positive: from the entries of the ledger where they are told, else as it was asked for. */
  readonly clearing: AmountView | null;
  /** Whether every part of `clearing` was read from the ledger. */
  readonly clearingRead: boolean;
  /** Stripe's figure that the clearing account stands for, before fees, which are booked with the payout. */
  readonly expected: AmountView | null;
  /** `clearing` - `expected`; null where the two cannot be compared, and `text` says why. */
  readonly difference: AmountView | null;
  readonly text: string | null;
}

/** A payment from what the customer paid to what reached the bank, and what the ledgers have of it. */
export interface PaymentMoneyView {
  /** In the currency of the charge: what was charged, and what was taken back of it. */
  readonly charge: { readonly lines: readonly MoneyLineView[]; readonly kept: AmountView | null };
  /** The settlement currency is another one: what Stripe credited for what was charged, and the rate that this makes. */
  readonly conversion: { readonly from: AmountView; readonly to: AmountView; readonly rate: string | null } | null;
  /** Per settlement currency; empty while no movement is known. */
  readonly balance: readonly BalanceMoneyView[];
  readonly payouts: readonly PayoutShareView[];
  /** Why there is no payout, or what is not known of the movements; null where there is nothing to add. */
  readonly balanceText: string | null;
  readonly ledgers: readonly LedgerMoneyView[];
}
