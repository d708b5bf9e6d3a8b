import { jest } from '@jest/globals';
import { Merchant } from './merchant.js';
import { Store } from './store.js';
import type { StripeObject } from './store.js';

const noon = Date.UTC(2026, 10, 20, 12);
let now: number;
let events: StripeObject[];
let store: Store;
let merchant: Merchant;

beforeEach(() => {
  jest.useFakeTimers();
  now = noon;
  events = [];
  store = new Store(undefined);
  merchant = new Merchant(
    store,
    (event) => void events.push(event),
    () => now,
  );
});
afterEach(() => {
  merchant.close();
  jest.useRealTimers();
});

/** That an intent was made is left out: what follows is about money. */
const types = (): unknown[] => events.map(({ type }) => type).filter((type) => type !== 'payment_intent.created');
const dataOf = (type: string): { object: StripeObject; previous_attributes?: unknown } =>
  events.findLast((event) => event.type === type)?.data as { object: StripeObject; previous_attributes?: unknown };

it('pays in the order in which Stripe tells it; the balance transaction follows', () => {
  const { charge } = merchant.pay({ amount: 10_000, currency: 'usd', metadata: { order: '7' } });
  expect(types()).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
  expect(dataOf('charge.succeeded').object).toMatchObject({ amount_captured: 10_000, balance_transaction: null, metadata: { order: '7' } });
  expect(merchant.unsettled).toBe(1);

  now += 5_000;
  jest.runAllTimers();
  expect(types()).toEqual(['charge.succeeded', 'payment_intent.succeeded', 'charge.updated']);
  const { object, previous_attributes: previous } = dataOf('charge.updated');
  expect(previous).toEqual({ balance_transaction: null });
  // 2.9 % of 100.00 is 2.90, and 0.30.
  expect(store.get('balance_transactions', object.balance_transaction as string)).toMatchObject({
    amount: 10_000,
    fee: 320,
    net: 9_680,
    source: charge.id,
    created: noon / 1_000 + 5,
  });
  expect(merchant.unsettled).toBe(0);
});

it('settles yen in dollars with integers only', () => {
  merchant.pay({ amount: 1_234, currency: 'jpy' });
  jest.runAllTimers();
  const transaction = store.all('balance_transactions')[0];
  // 1234 * 67 / 100 = 826.78, cut to 826; 2.9 % of it is 23.954, rounded to 24, and 30; 1 % for the conversion is 8.26, rounded to 8.
  expect(transaction).toMatchObject({ amount: 826, fee: 62, net: 764, currency: 'usd', exchange_rate: 0.67 });
});

it('keeps what an event said when its object changes later', () => {
  const { id } = merchant.createCustomer({ name: 'Before', metadata: { a: '1', b: '2' } });
  now += 1_000;
  merchant.updateCustomer(id, { name: 'After', metadata: { b: '', c: '3' } });
  expect(dataOf('customer.created').object.name).toBe('Before');
  expect(dataOf('customer.updated')).toMatchObject({
    object: { name: 'After', metadata: { a: '1', c: '3' } },
    previous_attributes: { name: 'Before', metadata: { b: '2' } },
  });
  expect(events.map(({ created }) => created)).toEqual([noon / 1_000, noon / 1_000 + 1]);
});

it('says nothing of an update that changes nothing', () => {
  const { id } = merchant.createCustomer({ name: 'Same' });
  merchant.updateCustomer(id, { name: 'Same' });
  expect(types()).toEqual(['customer.created']);
});

it('tells the whole last state of a deleted customer and then takes no payment for it', () => {
  const { id } = merchant.createCustomer({ name: 'Gone' });
  merchant.deleteCustomer(id);
  expect(dataOf('customer.deleted').object).toMatchObject({ id, name: 'Gone' });
  expect(() => merchant.pay({ amount: 100, currency: 'usd', customer: id })).toThrow(`No such customer: '${id}'`);
  expect(store.all('charges')).toHaveLength(0);
});

it('declines: a failed charge, an intent that wants another card, and no money', () => {
  const { intent, charge } = merchant.pay({ amount: 500, currency: 'usd', outcome: 'declined' });
  jest.runAllTimers();
  expect(types()).toEqual(['charge.failed', 'payment_intent.payment_failed']);
  expect(charge).toMatchObject({ status: 'failed', paid: false, captured: false, amount_captured: 0, failure_code: 'card_declined' });
  expect(intent).toMatchObject({ status: 'requires_payment_method', amount_received: 0, last_payment_error: { code: 'card_declined' } });
  expect(store.all('balance_transactions')).toHaveLength(0);
});

it('captures less than was authorised, once, and settles what was captured', () => {
  const { intent, charge } = merchant.pay({ amount: 5_000, currency: 'eur', capture: 'manual' });
  jest.runAllTimers();
  expect(store.all('balance_transactions')).toHaveLength(0);
  expect(merchant.capture(intent.id, 4_000)).toMatchObject({ status: 'succeeded', amount_received: 4_000, amount_capturable: 0 });
  expect(() => merchant.capture(intent.id, 1_000)).toThrow('cannot be captured');
  jest.runAllTimers();
  expect(types()).toEqual([
    'charge.succeeded',
    'payment_intent.amount_capturable_updated',
    'charge.captured',
    'payment_intent.succeeded',
    'charge.updated',
  ]);
  expect(store.get('charges', charge.id)).toMatchObject({ amount: 5_000, amount_captured: 4_000, captured: true });
  expect(store.all('balance_transactions').map(({ amount }) => amount)).toEqual([4_000]);
});

it('refunds in parts: each its own fact, the charge only the total, and no fee comes back', () => {
  const { charge } = merchant.pay({ amount: 3_000, currency: 'usd' });
  merchant.refund(charge.id, 1_000);
  expect(dataOf('charge.refunded')).toMatchObject({
    object: { amount_refunded: 1_000, refunded: false },
    previous_attributes: { amount_refunded: 0 },
  });
  expect(() => merchant.refund(charge.id, 2_001)).toThrow('greater than unrefunded amount on charge (2000)');
  merchant.refund(charge.id, undefined);
  expect(dataOf('charge.refunded')).toMatchObject({
    object: { amount_refunded: 3_000, refunded: true },
    previous_attributes: { amount_refunded: 1_000, refunded: false },
  });
  expect(() => merchant.refund(charge.id, 1)).toThrow();
  expect(store.all('refunds').map(({ amount }) => amount)).toEqual([1_000, 2_000]);
  const taken = store.all('balance_transactions').filter(({ type }) => type === 'refund');
  expect(taken.map(({ amount, fee, net }) => [amount, fee, net])).toEqual([
    [-1_000, 0, -1_000],
    [-2_000, 0, -2_000],
  ]);
});
