import { eventFixtures } from '../testing/fixtures.js';
import { keysOf } from './keys.js';
import { fromStripeBody } from './stripe-event.js';
import type { StripeEvent } from './stripe-event.js';

function anEvent(object: Record<string, unknown>): StripeEvent {
  return { id: 'evt_1', type: 'x.y', createdS: 1, livemode: false, account: undefined, apiVersion: undefined, object };
}

it.each<[string, Record<string, unknown>, string, string]>([
  ['a customer', { object: 'customer', id: 'cus_1' }, 'cus_1', 'cus_1'],
  ['a deleted customer', { object: 'customer', id: 'cus_1', deleted: true }, 'cus_1', 'cus_1'],
  ['a tax number', { object: 'tax_id', id: 'txi_1', customer: 'cus_1' }, 'cus_1', 'cus_1'],
  ['a charge', { object: 'charge', id: 'ch_1', customer: 'cus_1', payment_intent: 'pi_1' }, 'cus_1', 'pi_1'],
  ['a charge, expanded', { object: 'charge', id: 'ch_1', customer: { id: 'cus_1' }, payment_intent: { id: 'pi_1' } }, 'cus_1', 'pi_1'],
  ['a charge of a guest', { object: 'charge', id: 'ch_1', customer: null, payment_intent: 'pi_1' }, 'pi_1', 'pi_1'],
  ['a charge without intent', { object: 'charge', id: 'ch_1', customer: null, payment_intent: null }, 'ch_1', 'ch_1'],
  ['a payment intent', { object: 'payment_intent', id: 'pi_1', customer: 'cus_1' }, 'cus_1', 'pi_1'],
  ['a payment intent of a guest', { object: 'payment_intent', id: 'pi_1', customer: null }, 'pi_1', 'pi_1'],
  ['a refund', { object: 'refund', id: 're_1', charge: 'ch_1', payment_intent: 'pi_1' }, 'pi_1', 'pi_1'],
  ['a refund of a charge without intent', { object: 'refund', id: 're_1', charge: 'ch_1', payment_intent: null }, 'ch_1', 'ch_1'],
  ['a dispute', { object: 'dispute', id: 'du_1', charge: 'ch_1', payment_intent: 'pi_1' }, 'pi_1', 'pi_1'],
  ['a fraud warning', { object: 'radar.early_fraud_warning', id: 'issfr_1', charge: 'ch_1', payment_intent: 'pi_1' }, 'pi_1', 'pi_1'],
  ['an invoice', { object: 'invoice', id: 'in_1', customer: 'cus_1', payment_intent: 'pi_1' }, 'cus_1', 'in_1'],
  ['an invoice to come', { object: 'invoice', customer: 'cus_1' }, 'cus_1', 'cus_1'],
  ['a payment of an invoice', { object: 'invoice_payment', id: 'inpay_1', payment: { payment_intent: 'pi_1' } }, 'pi_1', 'inpay_1'],
  ['a payout', { object: 'payout', id: 'po_1' }, 'po_1', 'po_1'],
  ['a product', { object: 'product', id: 'prod_1' }, 'prod_1', 'prod_1'],
  ['a balance', { object: 'balance' }, 'evt_1', 'evt_1'],
])('%s', (_, object, key, sequence) => {
  expect(keysOf(anEvent(object))).toEqual({ key, sequence });
});

it('a payment and its refund share the sequence, in the fixtures', () => {
  const keys = new Map(eventFixtures().map(({ file, json }) => [file, keysOf(fromStripeBody(json))]));
  expect(keys.get('events/charge.succeeded.json')).toEqual({ key: 'cus_upquNHnKxoIQFO', sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9' });
  expect(keys.get('events/payment_intent.succeeded.json')?.sequence).toBe('pi_3TomAsaFxA9Kd7NwT04ivCdO9');
  expect(keys.get('events/refund.created.json')).toEqual({ key: 'cus_upquNHnKxoIQFO', sequence: 'pi_3TsfRGZFxA9Kd7NwT0sFP6de9' });
});
