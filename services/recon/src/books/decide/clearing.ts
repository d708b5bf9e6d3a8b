import type { AccountBalanceView, ClearingView } from '@tributary/contracts';
import { fromDecimalText } from '@tributary/domain';
import { amountView } from '../../shared/decide/amount-view.js';

/** Sums of an account in one currency as the ledger tells them, decimal text in major units. */
export interface AccountBalance {
  readonly account: string;
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
}

/** Minor units per currency. */
export type Sums = ReadonlyMap<string, bigint>;

/** Both sides of the clearing accounts of one target. */
export interface ClearingEvidence {
  /** Currency -> clearing account; `*` is the account of all others. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly balances: readonly AccountBalance[];
  /** Balance at Stripe: available and pending. */
  readonly stripe: Sums;
  /** What the journals of payouts book of all movements so far, signed as in the balance: fees, taxes, reserves, the payouts themselves. */
  readonly ownedByPayouts: Sums;
  /** What the journals of payouts that are in the ledger have put on the clearing account; debit is positive. */
  readonly bookedByPayouts: Sums;
}

/** Per settlement currency the clearing account beside Stripe's balance (I12), sorted by currency. An unreadable balance counts as 0. */
export function clearingViews({ accounts, balances, stripe, ownedByPayouts, bookedByPayouts }: ClearingEvidence): ClearingView[] {
  const ledger = new Map<string, bigint>();
  for (const { account, currency, debit, credit } of balances) {
    if (account !== (accounts.get(currency) ?? accounts.get('*'))) continue;
    ledger.set(currency, (ledger.get(currency) ?? 0n) + (minorOf(debit, currency) ?? 0n) - (minorOf(credit, currency) ?? 0n));
  }
  return [...new Set([...ledger.keys(), ...stripe.keys()])].sort().map((currency) => {
    const of = (sums: Sums): bigint => sums.get(currency) ?? 0n;
    const shown = (minor: bigint): ClearingView['ledger'] => amountView(minor.toString(), currency);
    // What a journal will take from the account later is still on it: with the other sign it is in flight.
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

/** The trial balance as it is shown. An amount that cannot be read is shown as it is, marked as not exact. */
export function accountBalanceViews(target: string, balances: readonly AccountBalance[]): AccountBalanceView[] {
  return [...balances].sort(byAccount).map(({ account, currency, debit, credit }) => {
    const shown = (text: string): AccountBalanceView['debit'] => amountView(minorOf(text, currency)?.toString() ?? text, currency);
    return { target, account, currency, debit: shown(debit), credit: shown(credit) };
  });
}

/**
 * Currencies whose debits and credits differ over the whole ledger, or cannot be read (I11). An entry that exchanges currencies balances in
 * the currency of the company, not in its own two: it leaves a receivable in pounds against cash in dollars. So one currency that differs
 * is wrong, and several that differ prove nothing.
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

/** Minor units of decimal text; undefined: it cannot be read. */
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
