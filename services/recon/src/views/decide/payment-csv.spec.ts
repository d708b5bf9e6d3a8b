import type { PaymentView } from '@tributary/contracts';
import { paymentSheet } from './payment-csv.js';

const amount = { minor: '22355', currency: 'EUR', text: '223.55', exact: true };
const payment: PaymentView = {
  ...{ chargeId: 'ch_1', part: null, paymentId: 'pi_1', eventId: 'evt_1', customerId: 'cus_1', customerName: 'Ada "A", Ltd', amount },
  ...{
    receivedAt: '2026-11-21T06:00:00.000Z',
    stage: 'released',
    state: 'posted',
    reason: null,
    standing: 'inLedger',
    standingReason: null,
  },
  ...{ settlement: { gross: amount, fee: { ...amount, minor: '700', text: '7.00' }, net: amount, basis: 'balance-transaction' } },
  ...{
    reconciliation: 'matched',
    reconciliationText: null,
    reconciliationBasis: null,
    ledgerAmount: amount,
    reference: { HeadNum: '942' },
  },
  ...{ news: [], masked: [] },
};

it('has a cell for each column, quoted', () => {
  expect(paymentSheet.header.split(',')).toHaveLength(18);
  expect(paymentSheet.lines([payment])).toBe(
    '"2026-11-21T06:00:00.000Z","ch_1","","pi_1","cus_1","Ada ""A"", Ltd","223.55","EUR","inLedger","","7.00","223.55","EUR","223.55","EUR","HeadNum 942","matched",""\r\n',
  );
});

it.each(['=HYPERLINK("http://x.test")', '+1+cmd', '@SUM(A1)', '\t=1', '-2+3'])('%j is text in a spreadsheet', (customerName) => {
  expect(paymentSheet.lines([{ ...payment, customerName }]).split(',')[5]).toMatch(/^"'/);
});

it('keeps what a row cannot be, in one line', () => {
  const hostile = {
    ...payment,
    amount: { minor: '114850', currency: 'ISK', text: '114850', exact: false },
    customerName: 'a\r\nb\u202e\u0000',
  };
  const line = paymentSheet.lines([hostile]);
  expect(line.match(/\r\n/g)).toHaveLength(1);
  expect(line).toContain('"114850 minor units","ISK"');
  expect(line).not.toMatch(/[\u0000\u202e]/);
});
