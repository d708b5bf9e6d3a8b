import type { AmountView, SumView } from '@tributary/contracts';
import { amountView } from '@tributary/domain';

export { amountView };

/** An amount for display; null when it is unknown. */
export function optionalAmount(minor: string | null, currency: string | null): AmountView | null {
  return minor === null || currency === null ? null : amountView(minor, currency);
}

/** An amount as part of a sentence: `990.00 USD`, `114850 minor units of ISK`. */
export function amountText(amount: AmountView): string {
  return amount.exact ? `${amount.text} ${amount.currency}` : `${amount.minor} minor units of ${amount.currency}`;
}

/** One row of a sum; `minor` is null when the amount is unknown. */
export interface Summand {
  readonly count: number;
  readonly minor: string | null;
  readonly currency: string | null;
}

/** Sum of rows: their number, and one amount per currency. */
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
