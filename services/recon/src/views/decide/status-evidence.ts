import type { AmountView, LedgerEffectState, NewsKind, ReconciliationState, Standing } from '@tributary/contracts';

/** One capture of a charge, as far as its status depends on it. */
export interface CaptureEvidence {
  readonly standing: Standing;
  readonly standingReason: string | null;
  /** Null where nothing is compared. */
  readonly reconciliation: ReconciliationState | null;
}

/** A document that a ledger was asked for because of the charge, or because of what Stripe reported about it later. */
export interface DocumentEvidence {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  /** Result of the request that is furthest along; null while there is none. */
  readonly result: string | null;
  /** Its number in the target. */
  readonly number: string | null;
  /** Answer of the target, where it took no document. */
  readonly text: string | null;
  /** When it was requested, ISO 8601. */
  readonly at: string;
  readonly eventId: string;
  /** How its entries compare with what it was asked to do; null where nothing is compared. */
  readonly ledger: LedgerEffectState | null;
}

/** A dead letter that is not closed. */
export interface LetterEvidence {
  readonly id: string;
  /** Ledger whose group gave up; null for the stages before any ledger. */
  readonly target: string | null;
  readonly text: string | null;
  readonly code: string;
  readonly held: boolean;
  /** True: it asks a question, with answers to choose from. */
  readonly asks: boolean;
  /** True: an order about it is under way. */
  readonly ordered: boolean;
  readonly at: string;
  readonly parkedBehind: number;
}

/** A refund, a dispute or a failure with everything that was reported about it, as one. */
export interface NewsEvidence {
  readonly objectId: string;
  /** The last kind that was reported; `refund` for all kinds of refunds that went through. */
  readonly kind: NewsKind;
  readonly amount: AmountView;
  /** True: the bank only asks, and no money moves. */
  readonly inquiry: boolean;
  readonly status: string | null;
  /** True: it contradicts a receipt, and no flow has booked it. */
  readonly unbooked: boolean;
  /** True: a report of it is still processed. */
  readonly inFlight: boolean;
  readonly eventIds: readonly string[];
}

/** A payout that has a part of the payment in it. */
export interface PayoutEvidence {
  readonly payoutId: string;
  readonly at: string | null;
}

/** Everything that the status of a payment is decided by. */
export interface StatusEvidence {
  readonly captures: readonly CaptureEvidence[];
  readonly documents: readonly DocumentEvidence[];
  readonly letters: readonly LetterEvidence[];
  /** Messages of the payment that wait behind a failed one of somebody else. */
  readonly parked: number;
  readonly news: readonly NewsEvidence[];
  readonly payouts: readonly PayoutEvidence[];
}
