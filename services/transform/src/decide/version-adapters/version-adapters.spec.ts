import { fixture, translateBody } from '../../testing/fixtures.js';
import type { Json } from '../stripe-event.js';
import { toPinnedShape } from './index.js';

function around(object: unknown, api_version: string | null, type: string): Json {
  return { id: 'evt_1', object: 'event', api_version, created: 1_567_874_860, livemode: false, type, data: { object }, request: null };
}

it('lifts an intent of 2019 with embedded charges', () => {
  const body = around(
    fixture('recorded/dj-stripe/object.payment_intent.destination_charge.json'),
    '2019-05-16',
    'payment_intent.succeeded',
  );
  expect(translateBody(body).facts[0]?.value).toMatchObject({
    chargeId: 'ch_fakefakefakefakefake0001',
    amount: { minor: 190_200n, currency: 'USD' },
  });
});

it('lifts a charge of 2016: card and address in its source, no amount_captured, no intent', () => {
  const source = {
    object: 'card',
    brand: 'Visa',
    last4: '4242',
    country: 'US',
    name: 'Ada',
    address_line1: '1 Test St',
    address_zip: '89501',
  };
  const charge = {
    id: 'ch_1',
    object: 'charge',
    amount: 2000,
    captured: true,
    currency: 'usd',
    status: 'succeeded',
    customer: 'cus_1',
    source,
  };
  const { facts } = translateBody({ ...around(charge, '2016-07-06', 'charge.succeeded'), request: 'req_1' });
  expect(facts[0]).toMatchObject({
    sequence: 'ch_1',
    value: {
      amount: { minor: 2000n, currency: 'USD' },
      method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
      payer: { name: 'Ada', address: { line1: '1 Test St', postalCode: '89501', city: null } },
      metadata: {},
    },
  });
});

it('lifts the request of before 2017-05-25, and of no version at all', () => {
  const body = around({ object: 'plan' }, null, 'plan.created');
  expect(toPinnedShape({ ...body, request: 'req_1' }).request).toEqual({ id: 'req_1', idempotency_key: null });
  expect(toPinnedShape({ ...body, api_version: '2026-08-26.dahlia', request: 'req_1' }).request).toBe('req_1');
});

it('gives an authorisation without amount_captured nothing captured', () => {
  const charge = { id: 'ch_1', object: 'charge', amount: 2000, captured: false, currency: 'usd', status: 'succeeded' };
  expect(translateBody(around(charge, '2018-01-23', 'charge.succeeded')).record.ignoredReason).toBe('not-captured');
});

it('lets an expanded object stand for its id', () => {
  const charge = {
    ...(fixture('events/charge.succeeded.json').data as { object: Json }).object,
    customer: { id: 'cus_9', object: 'customer' },
  };
  expect(translateBody(around(charge, '2026-08-26.dahlia', 'charge.succeeded')).facts[0]?.key).toBe('cus_9');
});

it('leaves bodies of the pinned version as they are, and never changes its input', () => {
  const body = fixture('events/charge.succeeded.json');
  expect(toPinnedShape(body)).toEqual(body);
  const old = fixture('recorded/stripe-sync-engine/charge.refunded.json');
  const before = structuredClone(old);
  toPinnedShape(old);
  expect(old).toEqual(before);
});
