import type { ReconciliationBasis, ReconciliationState } from '@tributary/contracts';
import type { Money } from '@tributary/domain';
import { equal } from '@tributary/domain';
import { amountText, amountView } from '../../shared/decide/amount-view.js';

export type { ReconciliationState };

/**
 * The document that the target's ledger has for one payment. `undefined` in its place means that the ledger answered and has no such
 * document.
 */
export interface LedgerDocument {
  readonly amount: Money;
  /** True when it is posted to the ledger, not only saved in an open batch. */
  readonly released: boolean;
  /** Clearing account that was debited, when the target reports it. */
  readonly clearing?: Clearing | undefined;
}

/** A clearing account in the ledger. */
export interface Clearing {
  readonly account: string;
  readonly currency: string | undefined;
  /** Amount that the document put on the account, in the currency of the account. */
  readonly amount: Money | undefined;
}

/** A balance transaction of Stripe. */
export interface Settlement {
  readonly id: string;
  readonly gross: Money;
  readonly fee: Money;
  readonly net: Money;
}

/** How long a payment may be missing in the ledger before that is a break, ms. */
export const graceMs = 60_000;

/**
 * Compares one payment with the ledger (I6: a break is a result, not an error).
 * @param stripe gross amount that Stripe reported.
 * @param ledger document found in the ledger, if any.
 * @param ageMs time since recon recorded the payment's fact.
 */
export function compare(stripe: Money, ledger: LedgerDocument | undefined, ageMs: number): ReconciliationState {
  if (!ledger) return ageMs < graceMs ? 'pending' : 'missing';
  if (!equal(stripe, ledger.amount)) return 'different';
  return ledger.released ? 'matched' : 'pending';
}

/** Everything that one capture is compared with. */
export interface Comparison {
  readonly stripe: Money;
  /** undefined when the balance transaction is unknown. */
  readonly settlement: Settlement | undefined;
  readonly ledger: LedgerDocument | undefined;
  readonly ageMs: number;
  /** The event is still being processed, so a missing document is not a break yet. */
  readonly inFlight: boolean;
  /** Sum of the receipts of all captures in the balance transaction; undefined while one of them is missing in the ledger. */
  readonly receiptsOfSettlement: Money | undefined;
  /** Sentences about refunds, disputes and failures that no flow has booked. */
  readonly unbookedNews: readonly string[];
}

/** Result of a comparison. */
export interface Compared {
  readonly state: ReconciliationState;
  /** null when nothing was compared. */
  readonly basis: ReconciliationBasis | null;
  /** Why it is a break, or which part is not proven. */
  readonly text: string | null;
}

/**
 * Compares a capture with the ledger. The source side is Stripe's balance transaction: its gross amount and its currency, which is that of
 * the clearing account. When the balance transaction is unknown, the captured amount is compared instead, and `basis` says so.
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

/** A difference of currencies: a clearing account in another currency than Stripe's settlement never clears. */
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

/** One balance transaction may cover several captures, so the sum of their receipts is compared with its gross amount. */
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

/** Delay until the next lookup, ms: short while the posting is unfinished, one minute after a break, then increasing up to one day. */
export function nextCheckMs(state: ReconciliationState, checks: number): number {
  if (state === 'pending') return Math.min(soonMs * 2 ** Math.min(checks, 5), laterMs);
  if (state !== 'matched') return laterMs;
  return Math.min(laterMs * 2 ** Math.min(checks, 11), dailyMs);
}
