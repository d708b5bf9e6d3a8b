import type { AccountBalanceView, ClearingView } from '@tributary/contracts';
import { fromDecimalText } from '@tributary/domain';
import { amountView } from '../../shared/decide/amount-view.js';

/** Debit and credit totals of an account in one currency, as the ledger reports them: decimal text in major units. */
export interface AccountBalance {
  readonly account: string;
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
}

/** Currency -> minor units. */
export type Sums = ReadonlyMap<string, bigint>;

/** What the clearing accounts of one target are compared with: balances of the ledger and of Stripe. */
export interface ClearingEvidence {
  /** Currency -> clearing account; `*` is the account for all other currencies. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly balances: readonly AccountBalance[];
  /** Stripe's balance: available and pending together. */
  readonly stripe: Sums;
  /** What payout journals book for all movements so far, with the sign of the balance: fees, taxes, reserves and the payouts themselves. */
  readonly ownedByPayouts: Sums;
  /** What payout journals already in the ledger have put on the clearing account; debit is positive. */
  readonly bookedByPayouts: Sums;
}

/**
 * Compares the clearing account with Stripe's balance for each settlement currency (I12), sorted by currency. An unreadable balance counts
 * as 0.
 */
export function clearingViews({ accounts, balances, stripe, ownedByPayouts, bookedByPayouts }: ClearingEvidence): ClearingView[] {
  const ledger = new Map<string, bigint>();
  for (const { account, currency, debit, credit } of balances) {
    if (account !== (accounts.get(currency) ?? accounts.get('*'))) continue;
    ledger.set(currency, (ledger.get(currency) ?? 0n) + (minorOf(debit, currency) ?? 0n) - (minorOf(credit, currency) ?? 0n));
  }
  return [...new Set([...ledger.keys(), ...stripe.keys()])].sort().map((currency) => {
    const of = (sums: Sums): bigint => sums.get(currency) ?? 0n;
    const shown = (minor: bigint): ClearingView['ledger'] => amountView(minor.toString(), currency);
    // An amount that a payout journal has still to book stays on the account until then, so it counts as in flight, with the sign reversed.
    const inFlight = of(bookedByPayouts) - of(ownedByPayouts);
    return {
      currency,
      ledger: shown(of(ledger)),
      stripe: shown(of(stripe)),
      inFlight: shown(inFlight),
      difference: shown(of(ledger) - of(stripe) - inFlight),
    };
  });
}

/** The trial balance for display. An amount that cannot be read is shown unchanged and marked as not exact. */
export function accountBalanceViews(target: string, balances: readonly AccountBalance[]): AccountBalanceView[] {
  return [...balances].sort(byAccount).map(({ account, currency, debit, credit }) => {
    const shown = (text: string): AccountBalanceView['debit'] => amountView(minorOf(text, currency)?.toString() ?? text, currency);
    return { target, account, currency, debit: shown(debit), credit: shown(credit) };
  });
}

/**
 * Currencies whose debits and credits differ over the whole ledger, or cannot be read (I11). An entry that exchanges currencies balances in
 * the currency of the company, not in its two own currencies: it leaves a receivable in pounds against cash in dollars. So a difference in
 * a single currency is an error, while differences in several currencies prove nothing.
 */
export function unbalancedCurrencies(balances: readonly AccountBalance[]): string[] {
  const sums = new Map<string, bigint | undefined>();
  for (const { currency, debit, credit } of balances) {
    const [taken, given, sum] = [minorOf(debit, currency), minorOf(credit, currency), sums.has(currency) ? sums.get(currency) : 0n];
    sums.set(currency, taken === undefined || given === undefined || sum === undefined ? undefined : sum + taken - given);
  }
  const unreadable = [...sums].filter(([, sum]) => sum === undefined).map(([currency]) => currency);
  const differing = [...sums].filter(([, sum]) => sum !== undefined && sum !== 0n).map(([currency]) => currency);
  return [...unreadable, ...(differing.length === 1 ? differing : [])];
}

/** Minor units of a decimal text; undefined when the text cannot be read as an amount of the currency. */
export function minorOf(text: string, currency: string): bigint | undefined {
  try {
    return fromDecimalText(text, currency).minor;
  } catch {
    return undefined;
  }
}

function byAccount(a: AccountBalance, b: AccountBalance): number {
  const [one, other] = [`${a.account} ${a.currency}`, `${b.account} ${b.currency}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
