import type { AmountView, LedgerEffectState, NewsKind } from '@tributary/contracts';
import type { StoredEffectLine } from '../../reconciliation/decide/effect-lines.js';

/** A movement of Stripe's balance, in settlement currency. Minor units as text; a fee that Stripe charged is positive. */
export interface KnownMovement {
  readonly id: string;
  /** Stripe's reporting category, else its type. */
  readonly category: string;
  readonly currency: string;
  readonly gross: string;
  readonly fee: string;
  /** ISO 8601. */
  readonly at: string;
  /** The payout that took it to the bank; null while it is in none, or is not known. */
  readonly payoutId: string | null;
}

/** A payout itself. */
export interface KnownPayout {
  readonly payoutId: string;
  readonly movementId: string;
  readonly currency: string;
  /** As the balance has it: negative. */
  readonly net: string;
  readonly at: string;
}

/** Money that Stripe took back or gave back after the payment, in the currency of the charge. */
export interface MoneyNews {
  /** The refund, dispute or charge that it is about: reported twice, it moved the money once. */
  readonly objectId: string;
  readonly kind: NewsKind;
  readonly amount: AmountView;
  readonly inquiry: boolean;
  readonly status: string | null;
  readonly at: string;
  readonly eventId: string;
}

/** A document with what it puts on the clearing account of its target. */
export interface MoneyDocument {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  /** Whether the target has it. */
  readonly there: boolean;
  readonly at: string;
  readonly effect: readonly StoredEffectLine[];
  /** The entries of the ledger; empty where it told none. */
  readonly entries: readonly StoredEffectLine[];
  readonly state: LedgerEffectState | null;
}

/** Everything that the way from gross to net is made of. */
export interface MoneyEvidence {
  readonly captures: readonly { readonly amount: AmountView | null; readonly at: string; readonly eventId: string }[];
  readonly news: readonly MoneyNews[];
  readonly movements: readonly KnownMovement[];
  readonly payouts: readonly KnownPayout[];
  readonly documents: readonly MoneyDocument[];
}
