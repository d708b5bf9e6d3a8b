import type { ReconciliationBasis, ReconciliationState } from '@tributary/contracts';
import type { Money } from '@tributary/domain';
import { equal } from '@tributary/domain';
import { amountText, amountView } from '../../shared/decide/amount-view.js';

export type { ReconciliationState };

/** What the target's ledger answered for one payment; `undefined` means that it answered and has no such document. */
export interface LedgerDocument {
  readonly amount: Money;
  /** In the ledger, not only saved in an open batch. */
  readonly released: boolean;
  /** Clearing account that the money went to, as far as the target tells it. */
  readonly clearing?: Clearing | undefined;
}

/** A clearing account in the ledger. */
export interface Clearing {
  readonly account: string;
  readonly currency: string | undefined;
  /** What the document put on it, in its currency. */
  readonly amount: Money | undefined;
}

/** A balance transaction of Stripe. */
export interface Settlement {
  readonly id: string;
  readonly gross: Money;
  readonly fee: Money;
  readonly net: Money;
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

/** Everything that one capture is compared by. */
export interface Comparison {
  readonly stripe: Money;
  /** undefined: the balance transaction is not known. */
  readonly settlement: Settlement | undefined;
  readonly ledger: LedgerDocument | undefined;
  readonly ageMs: number;
  /** The event is still being worked on: its absence in the ledger is no break yet. */
  readonly inFlight: boolean;
  /** Receipts of all captures that the balance transaction is about; undefined while one of them is not in the ledger. */
  readonly receiptsOfSettlement: Money | undefined;
  /** Sentences about refunds, disputes and failures that no flow has booked. */
  readonly unbookedNews: readonly string[];
}

/** Result of a comparison. */
export interface Compared {
  readonly state: ReconciliationState;
  /** null where nothing was compared. */
  readonly basis: ReconciliationBasis | null;
  /** Why it is a break, or what is not proven. */
  readonly text: string | null;
}

/**
 * Compares a capture with the ledger, with Stripe's balance transaction as the source side: its gross amount and its currency, which is
 * that of the clearing account. Where the balance transaction is unknown, the captured amount is all there is, and the basis says so.
 */
export function reconcile(comparison: Comparison): Compared {
  const { stripe, ledger, settlement, unbookedNews } = comparison;
  if (!ledger) return { state: comparison.inFlight ? 'pending' : compare(stripe, ledger, comparison.ageMs), basis: null, text: null };
  const basis: ReconciliationBasis = settlement ? 'balance-transaction' : 'our-reading';
  const differences = [
    equal(stripe, ledger.amount) ? undefined : `Stripe has ${shown(stripe)}, the ledger ${shown(ledger.amount)}`,
    settlement && clearingDifference(stripe, settlement, ledger),
    settlement && grossDifference(comparison, settlement),
    ...unbookedNews.map((title) => `${title}: not booked in the ledger`),
  ].filter((text) => text !== undefined);
  if (differences.length > 0) return { state: 'different', basis, text: differences.join('; ') };
  const unproven = settlement ? null : "Not compared with Stripe's balance transaction, which is not known";
  return { state: ledger.released ? 'matched' : 'pending', basis, text: unproven };
}

/** The clearing account has the currency in which Stripe settles, or it never clears. */
function clearingDifference(stripe: Money, { gross }: Settlement, { clearing }: LedgerDocument): string | undefined {
  const settles = `Stripe settled it as ${shown(gross)}`;
  if (clearing?.currency !== undefined && clearing.currency !== gross.currency)
    return `${settles}, and the receipt went to clearing account ${clearing.account}, which is kept in ${clearing.currency}`;
  if (clearing?.amount !== undefined && clearing.amount.currency === gross.currency && clearing.amount.minor !== gross.minor)
    return stripe.currency === gross.currency
      ? undefined // compared with the receipts of all captures
      : `${settles}, and clearing account ${clearing.account} received ${shown(clearing.amount)}`;
  if (clearing?.currency === undefined && stripe.currency !== gross.currency)
    return `${settles}, and the target does not tell the currency of the clearing account`;
  return undefined;
}

/** One balance transaction may be about several captures: their receipts together are compared with its gross amount. */
function grossDifference({ receiptsOfSettlement: receipts }: Comparison, { gross }: Settlement): string | undefined {
  if (receipts === undefined || receipts.currency !== gross.currency || receipts.minor === gross.minor) return undefined;
  return `Stripe's balance transaction is over ${shown(gross)}, the receipts are ${shown(receipts)}`;
}

function shown({ minor, currency }: Money): string {
  return amountText(amountView(minor.toString(), currency));
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
