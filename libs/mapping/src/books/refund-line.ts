import type { JournalLine, SalesLine } from '@tributary/contracts';
import { add, money, subtract } from '@tributary/domain';
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

/**
 * The lines of one entry for a refund: returns and tax, or receivables where the sale was only received on account, against the clearing
 * account. The receivable between memo and payment is left out, since both its sides would be in the same entry.
 * @param paid what left the balance. In another currency than the refund its tax is the same share of it.
 */
export function refundJournal(isInvoiced: boolean, { net, tax }: SalesLine, paid: Money): JournalLine[] {
  const gross = add(net, tax);
  const paidTax = money(gross.minor === 0n ? 0n : shareOf(paid.minor, tax.minor, gross.minor), paid.currency);
  const parts: readonly (readonly [role: string, amount: Money])[] = isInvoiced
    ? [
        ['RET', subtract(paid, paidTax)],
        ['TAX', paidTax],
      ]
    : [['AR', paid]];
  const debits = parts
    .filter(([, amount]) => amount.minor !== 0n)
    .map(([role, debit]): JournalLine => ({ key: `${role}-debit`, role, debit, credit: null, text: 'refund', count: 1n }));
  return [...debits, { key: 'CLR-credit', role: 'CLR', debit: null, credit: paid, text: 'clearing', count: 1n }];
}
