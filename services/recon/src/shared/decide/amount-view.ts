import type { AmountView, SumView } from '@tributary/contracts';
import { money, toDecimalText } from '@tributary/domain';

/** Currencies that Unicode's locale data knows. An unknown one has no known number of decimals. */
const knownCurrencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const longestCurrency = 16;

/**
 * An amount as it is shown. Never throws: an amount that its currency cannot have (ISK 114850), an unknown currency or a text that is no
 * number is shown as minor units with `exact` false.
 * @param minor integer minor units as text.
 */
export function amountView(minor: string, currency: string): AmountView {
  const code = currency.trim().slice(0, longestCurrency);
  const inexact: AmountView = { minor, currency: code, text: minor, exact: false };
  if (!/^-?\d{1,40}$/.test(minor) || !knownCurrencies.has(code)) return inexact;
  try {
    return { minor, currency: code, text: toDecimalText(money(BigInt(minor), code)), exact: true };
  } catch {
    return inexact;
  }
}

/** An amount that may be unknown. */
export function optionalAmount(minor: string | null, currency: string | null): AmountView | null {
  return minor === null || currency === null ? null : amountView(minor, currency);
}

/** An amount for a sentence: `990.00 USD`, `114850 minor units of ISK`. */
export function amountText(amount: AmountView): string {
  return amount.exact ? `${amount.text} ${amount.currency}` : `${amount.minor} minor units of ${amount.currency}`;
}

/** One row that is summed up; `minor` is null where the amount is unknown. */
export interface Summand {
  readonly count: number;
  readonly minor: string | null;
  readonly currency: string | null;
}

/** Sum of rows: how many, and one amount per currency. */
export function sumView(rows: readonly Summand[]): SumView {
  const totals = new Map<string, bigint>();
  let count = 0;
  for (const row of rows) {
    count += row.count;
    if (row.minor === null || row.currency === null || !/^-?\d+$/.test(row.minor)) continue;
    totals.set(row.currency, (totals.get(row.currency) ?? 0n) + BigInt(row.minor));
  }
  const amounts = [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => amountView(minor.toString(), currency));
  return { count, amounts };
}
