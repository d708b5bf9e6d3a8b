import type { PaymentReceived } from '@tributary/contracts';
import { lookupTermsOf, lookupText } from './lookup-terms.js';

const payment = (change: object): PaymentReceived =>
  ({
    ...{ paymentId: 'pi_1', chargeId: 'ch_1', paymentIntentId: 'pi_1', saleId: 'pi_1', customer: null, metadata: {} },
    payer: { name: 'Ada Lovelace', email: null, phone: null, address: null },
    ...change,
  }) as unknown as PaymentReceived;

it('finds a payment by the addresses of payer and customer, its sale and its order references, each once', () => {
  const terms = lookupTermsOf(
    payment({
      payer: { email: ' Ada@Example.test ' },
      customer: { email: 'ada@example.test' },
      saleId: 'WEB-1001',
      metadata: { erp_order_ref: 'web-1001', Order_ID: '77', note: 'call Ada', order_number: '' },
    }),
  );
  expect(terms).toEqual([
    { kind: 'email', text: 'ada@example.test' },
    { kind: 'order', text: 'web-1001' },
    { kind: 'order', text: '77' },
  ]);
});

it.each(['pi_1', 'ch_1', null])('a sale that is only the payment itself (%s) is no order reference', (saleId) => {
  expect(lookupTermsOf(payment({ saleId }))).toEqual([]);
});

it('leaves out what is too long, and takes no more than twelve', () => {
  expect(lookupTermsOf(payment({ payer: { email: `${'a'.repeat(600)}@example.test` } }))).toEqual([]);
  const many = Object.fromEntries(
    [
      'order',
      'Order',
      'ORDER',
      'order_id',
      'ORDER_ID',
      'order_ref',
      'ORDER_REF',
      'orderid',
      'ORDERID',
      'orderId',
      'OrderID',
      'ordernumber',
      'orderNumber',
    ].map((key, index) => [key, String(index)]),
  );
  expect(lookupTermsOf(payment({ metadata: many }))).toHaveLength(12);
});

it('writes full-width and composed letters in one way', () => {
  expect(lookupText(' ＷＥＢ-1001 ')).toBe('web-1001');
  expect(lookupText('Zoe\u0308')).toBe(lookupText('zo\u00eb'));
});
