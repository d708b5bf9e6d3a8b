import type { SalesLine } from '@tributary/contracts';
import { money, subtract } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import { shareOf } from './share-of.js';

/**
 * The line of a refund in a credit memo. Its tax is the decrease of the sale's tax when `before + amount` of `total` is refunded, so that
 * all refunds of a sale together return exactly its tax. The rest is net; without a tax of the sale, everything is net.
 */
export function refundLine(text: string, amount: Money, before: Money | null, total: Money | null, tax: Money | null): SalesLine {
  const known = total && tax && total.minor > 0n && total.currency === amount.currency ? { total: total.minor, tax: tax.minor } : undefined;
  const from = before?.minor ?? 0n;
  const minorTax = known ? shareOf(known.tax, from + amount.minor, known.total) - shareOf(known.tax, from, known.total) : 0n;
  const ownTax = money(minorTax, amount.currency);
  const about = { item: null, quantity: null, unit: null, taxCode: null };
  return { key: 'refund', kind: 'text', text, ...about, net: subtract(amount, ownTax), tax: ownTax };
}
