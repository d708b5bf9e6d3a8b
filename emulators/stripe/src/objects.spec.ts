import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Merchant } from './merchant.js';
import { Store } from './store.js';
import type { StripeObject } from './store.js';

const fixtures = join(import.meta.dirname, '../../../proof/fixtures/stripe/events');
const fixture = (name: string): StripeObject => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as StripeObject;
const objectOf = (event: StripeObject): StripeObject => (event.data as { object: StripeObject }).object;
const fieldsOf = (object: object): string[] => Object.keys(object).sort();

/** Events of a small story, by type; the last of each. */
function story(): Map<string, StripeObject> {
  const events = new Map<string, StripeObject>();
  const merchant = new Merchant(
    new Store(undefined),
    (event) => events.set(event.type as string, event),
    () => 1_788_276_641_000,
  );
  const customer = merchant.createCustomer({ name: 'Acme', address: { city: 'Dayton' } });
  merchant.updateCustomer(customer.id, { address: { city: 'Dayton', line2: 'Dock 4' } });
  const { charge } = merchant.pay({ amount: 29_429, currency: 'usd', customer: customer.id });
  merchant.pay({ amount: 4_200, currency: 'usd', outcome: 'declined' });
  merchant.refund(charge.id, 1_000);
  merchant.deleteCustomer(customer.id);
  merchant.close();
  return events;
}

it.each([
  ['customer.created', 'customer.created'],
  ['customer.updated', 'customer.updated'],
  ['charge.failed', 'charge.failed'],
  ['payment_intent.succeeded', 'payment_intent.succeeded'],
  ['payment_intent.payment_failed', 'payment_intent.payment_failed'],
  ['refund.created', 'refund.created'],
  ['charge.refunded', 'charge.refunded.partial'],
  ['charge.succeeded', 'charge.updated'],
])('%s has the fields that Stripe specifies, in its object and in the event', (type, name) => {
  const [event, expected] = [story().get(type) as StripeObject, fixture(name)];
  expect(fieldsOf(objectOf(event))).toEqual(fieldsOf(objectOf(expected)));
  expect(fieldsOf(event)).toEqual(fieldsOf(expected));
  expect(event).toMatchObject({ api_version: expected.api_version, livemode: false });
});

it('tells only what changed, key by key', () => {
  const events = story();
  expect((events.get('customer.updated')?.data as { previous_attributes: unknown }).previous_attributes).toEqual({
    address: { line2: null },
  });
  expect((events.get('charge.refunded')?.data as { previous_attributes: unknown }).previous_attributes).toEqual({ amount_refunded: 0 });
});

it.each([
  ['usd', 10_000, 320, 9_680, 'usd'],
  ['eur', 10_710, 186, 10_524, 'eur'], // 1.5 % and 0.25: lists/balance_transactions_payout_eur.json
  ['jpy', 10_000, 291, 6_409, 'usd'], // 6700 cents: 194.3 and 30 for the card, 67 for the conversion
  ['usd', 29_429, 883, 28_546, 'usd'], // these two: lists/balance_transactions_payout_usd.json
  ['usd', 6_400, 216, 6_184, 'usd'],
])('the ledger entry of %s %d takes a fee of %d and leaves %d %s', (currency, amount, fee, net, settled) => {
  const store = new Store(undefined);
  const merchant = new Merchant(store, () => undefined);
  const { charge } = merchant.pay({ amount, currency, capture: 'automatic' });
  const entry = store.get('balance_transactions', charge.balance_transaction as string);
  expect(entry).toMatchObject({ fee, net, currency: settled, amount: fee + net });
});
