import type { FeeDetail } from './fees.js';
import type { StripeObject } from './store.js';

/** What Stripe took of one kind in one currency, minor units; negative for what it gave back. */
export interface FeeTotal {
  readonly kind: string;
  readonly currency: string;
  readonly amount: number;
  readonly count: number;
}

/**
 * All that Stripe took, in one table: fees within transactions by their description, and transactions that are fees or taxes by theirs,
 * without the period in brackets.
 */
export function feeTotals(transactions: readonly StripeObject[]): FeeTotal[] {
  const totals = new Map<string, FeeTotal>();
  const add = (kind: string, currency: string, amount: number): void => {
    const before = totals.get(`${kind} ${currency}`) ?? { kind, currency, amount: 0, count: 0 };
    totals.set(`${kind} ${currency}`, { ...before, amount: before.amount + amount, count: before.count + 1 });
  };
  for (const { type, amount, currency, description, fee_details: details } of transactions) {
    for (const fee of details as readonly FeeDetail[]) add(fee.description, fee.currency, fee.amount);
    if (type === 'stripe_fee' || type === 'tax_fee')
      add(String(description ?? type).replace(/ \(.*$/, ''), currency as string, -(amount as number));
  }
  return [...totals.values()].sort((a, b) => (a.kind + a.currency < b.kind + b.currency ? -1 : 1));
}
