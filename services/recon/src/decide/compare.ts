import type { Money } from '@tributary/domain';
import { equal } from '@tributary/domain';

export type ReconciliationState = 'matched' | 'missing' | 'different' | 'pending';

/** What the target's ledger answered for one payment; `undefined` means that it answered and has no such document. */
export interface LedgerDocument {
  readonly amount: Money;
  /** In the ledger, not only saved in an open batch. */
  readonly released: boolean;
}

/** How long a payment may be on its way before its absence in the ledger is a break. */
export const graceMs = 60_000;

/**
 * Compares one payment with the ledger (I6: a break is a result, not an error).
 * @param stripe gross amount that Stripe reported.
 * @param ledger what the target answered.
 * @param ageMs since the payment's fact was recorded here.
 */
export function compare(stripe: Money, ledger: LedgerDocument | undefined, ageMs: number): ReconciliationState {
  if (!ledger) return ageMs < graceMs ? 'pending' : 'missing';
  if (!equal(stripe, ledger.amount)) return 'different';
  return ledger.released ? 'matched' : 'pending';
}

const soonMs = 2_000;
const laterMs = 60_000;
const dailyMs = 24 * 3_600_000;

/** When to look again: soon while it is unfinished, once a minute at a break, then less and less, at least daily. */
export function nextCheckMs(state: ReconciliationState, checks: number): number {
  if (state === 'pending') return Math.min(soonMs * 2 ** Math.min(checks, 5), laterMs);
  if (state !== 'matched') return laterMs;
  return Math.min(laterMs * 2 ** Math.min(checks, 11), dailyMs);
}
