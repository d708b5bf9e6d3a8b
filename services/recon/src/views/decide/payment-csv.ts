import type { PaymentView } from '@tributary/contracts';
import { amountCell, CsvSheet } from '../../shared/decide/csv-sheet.js';

/** The file of payments. */
export const paymentSheet = new CsvSheet<PaymentView>({
  'received at (UTC)': ({ receivedAt }) => receivedAt,
  charge: ({ chargeId }) => chargeId,
  part: ({ part }) => part,
  payment: ({ paymentId }) => paymentId,
  customer: ({ customerId }) => customerId,
  'customer name': ({ customerName }) => customerName,
  amount: ({ amount }) => amountCell(amount),
  currency: ({ amount }) => amount?.currency ?? null,
  standing: ({ standing }) => standing,
  'why it stands so': ({ standingReason }) => standingReason,
  fee: ({ settlement }) => amountCell(settlement?.fee ?? null),
  net: ({ settlement }) => amountCell(settlement?.net ?? null),
  'settlement currency': ({ settlement }) => settlement?.net.currency ?? null,
  'in the ledger': ({ ledgerAmount }) => amountCell(ledgerAmount),
  'ledger currency': ({ ledgerAmount }) => ledgerAmount?.currency ?? null,
  'ledger document': ({ reference }) =>
    Object.entries(reference ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  reconciliation: ({ reconciliation }) => reconciliation,
  news: ({ news }) => news.map(({ title }) => title).join('; '),
});
