import type { RoutedFact } from '../routed-fact.js';

const address = { line1: '2200 Industrial Pkwy', line2: 'Dock 4', city: 'Dayton', state: 'OH', postalCode: '45402', country: 'US' };
const customer = {
  customerId: 'cus_upquNHnKxoIQFO',
  name: 'Acme Fabrication LLC',
  email: 'ap@acme-fabrication.example',
  phone: '+19375550142',
  address: { ...address, line2: null },
  currency: 'USD',
  metadata: { erp_customer_id: 'C-10021', sales_rep: 'NW-07', payment_terms: 'net60' },
};
const nobody = { name: null, email: null, phone: null, address: null };
const source = { occurredAt: 1_788_276_642_000, livemode: false };
const payment = {
  source,
  paymentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
  chargeId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
  paymentIntentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
  customerId: 'cus_upquNHnKxoIQFO' as string | null,
  customer: null as unknown,
  payer: { name: 'Acme Fabrication LLC', email: 'ap@acme-fabrication.example', phone: null as string | null, address } as unknown,
  amount: { minor: 29429n, currency: 'USD' },
  receivedAt: 1_788_276_642_000, // 2026-09-01 15:30:42 UTC
  method: { type: 'card', brand: 'visa' as string | null, last4: '4242' as string | null, country: 'US' },
  description: 'WEB-1001' as string | null,
  balanceTransactionId: null,
  settlement: null as unknown,
  metadata: { erp_order_ref: 'WEB-1001', channel: 'web' } as Record<string, string>,
};
const concluded = {
  requestId: 'r',
  target: 'kinetic-main',
  amount: null,
  concludedAt: 1_788_276_642_500,
};
const usd = (minor: bigint): unknown => ({ minor, currency: 'USD' });
const settled = { balanceTransactionId: 'txn_1', gross: usd(12_640n), fee: usd(400n), net: usd(12_240n) };
const long = '=1+2 '.repeat(100);

/** Facts by event type. They cover every branch of the flows that were shipped before documents had rows. */
const values: readonly (readonly [eventType: string, value: unknown])[] = [
  ['ar.payment-received', payment],
  ['ar.payment-received', { ...payment, customer }],
  ['ar.payment-received', { ...payment, part: 'captured-7500' }],
  ['ar.payment-received', { ...payment, customerId: null }],
  ['ar.payment-received', { ...payment, customerId: null, payer: { ...nobody, name: 'Ana Ruiz' } }],
  [
    'ar.payment-received',
    { ...payment, payer: nobody, description: null, metadata: {}, method: { type: 'ideal', brand: null, last4: null } },
  ],
  ['ar.payment-received', { ...payment, amount: { minor: 10_000n, currency: 'GBP' }, settlement: settled }],
  ['ar.payment-received', { ...payment, amount: { minor: 1050n, currency: 'JPY' }, receivedAt: 1_788_319_800_000 }],
  ['ar.payment-received', { ...payment, amount: { minor: 5120n, currency: 'KWD' } }],
  [
    'ar.payment-received',
    {
      ...payment,
      payer: { ...nobody, name: long, email: 'x@y.example', phone: long },
      description: long,
      metadata: { erp_order_ref: long },
    },
  ],
  ['ar.payment-received', { ...payment, amount: { minor: 0n, currency: 'USD' } }],
  ['party.customer-created', { source, customer }],
  ['party.customer-updated', { source, customer: { ...customer, address, name: null }, changed: ['address'] }],
  ['party.customer-deleted', { source, customerId: customer.customerId }],
  [
    'erp.posting-concluded',
    {
      ...concluded,
      postingKey: 'kinetic-main/customer/cus_1',
      kind: 'customer',
      result: 'posted',
      reference: { CustNum: '1042', CustID: 'ACME' },
    },
  ],
  [
    'erp.posting-concluded',
    {
      ...concluded,
      postingKey: 'kinetic-main/customer/guest:a@b.example',
      kind: 'customer',
      result: 'posted',
      reference: { CustNum: '1043', CustID: 'GUEST' },
    },
  ],
  [
    'erp.posting-concluded',
    {
      ...concluded,
      postingKey: 'kinetic-main/cash-receipt/ch_1',
      kind: 'cash-receipt',
      result: 'adopted',
      reference: { GroupID: 'S26090101', HeadNum: '881' },
    },
  ],
  [
    'erp.posting-concluded',
    {
      ...concluded,
      postingKey: 'kinetic-main/cash-receipt/ch_1/captured-7500',
      kind: 'cash-receipt',
      result: 'posted',
      reference: { GroupID: 'S26090101', HeadNum: '882' },
    },
  ],
  [
    'erp.posting-concluded',
    {
      ...concluded,
      postingKey: 'kinetic-main/cash-receipt/ch_1',
      kind: 'cash-receipt',
      result: 'released',
      reference: { GroupID: 'S26090101', HeadNum: '881' },
    },
  ],
];

/** The facts, each with its own ids. */
export const earlierFacts: readonly RoutedFact[] = values.map(([eventType, value], index) => ({
  eventId: `ca11ab1e-0000-5000-8000-${String(index).padStart(12, '0')}`,
  eventType,
  value,
  sourceEventId: `evt_${index}`,
  sequence: 's',
}));
