import type { AmountView, PaymentView } from '@tributary/contracts';
import { csvText } from '@tributary/domain';

type Cell = string | null;

const columns: Readonly<Record<string, (payment: PaymentView) => Cell>> = {
  'received at (UTC)': ({ receivedAt }) => receivedAt,
  charge: ({ chargeId }) => chargeId,
  part: ({ part }) => part,
  payment: ({ paymentId }) => paymentId,
  customer: ({ customerId }) => customerId,
  'customer name': ({ customerName }) => customerName,
  amount: ({ amount }) => number(amount),
  currency: ({ amount }) => amount?.currency ?? null,
  standing: ({ standing }) => standing,
  'why it stands so': ({ standingReason }) => standingReason,
  fee: ({ settlement }) => number(settlement?.fee ?? null),
  net: ({ settlement }) => number(settlement?.net ?? null),
  'settlement currency': ({ settlement }) => settlement?.net.currency ?? null,
  'in the ledger': ({ ledgerAmount }) => number(ledgerAmount),
  'ledger currency': ({ ledgerAmount }) => ledgerAmount?.currency ?? null,
  'ledger document': ({ reference }) =>
    Object.entries(reference ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  reconciliation: ({ reconciliation }) => reconciliation,
  news: ({ news }) => news.map(({ title }) => title).join('; '),
};

/** First line of the file of payments. */
export const paymentHeader: string = csvText([Object.keys(columns)]);

/** Lines of the file of payments, one per payment. Cells that a spreadsheet would run as a formula are text. */
export function paymentLines(payments: readonly PaymentView[]): string {
  return csvText(payments.map((payment) => Object.values(columns).map((cell) => cell(payment))));
}

/** Decimal text; an amount that its currency cannot have says that it is in minor units. */
function number(amount: AmountView | null): Cell {
  if (amount === null) return null;
  return amount.exact ? amount.text : `${amount.minor} minor units`;
}
