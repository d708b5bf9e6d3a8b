import { fieldReport, fixture, translateBody, withObject, withPrevious } from '../../../testing/fixtures.js';
import { UnknownStripeValueError } from '../../errors.js';
import type { Json } from '../stripe-event.js';
import { toPinnedShape } from './to-pinned-shape.js';

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

describe('a charge of before September 2020, without amount_captured', () => {
  const capture = fieldReport('charge.captured.partial.2019');
  const { refunds } = (capture.data as { object: { refunds: { data: Json[] } } }).object;
  const later = { ...refunds.data[0], id: 're_later', amount: 500 };

  it.each<[string, Json, bigint]>([
    ['captured in part: what is left after the rest was released', capture, 1_000n],
    ['captured in whole', withObject(capture, { amount_refunded: 0, refunds: undefined }), 2_095n],
    ['one embedded refund, old values not told', withPrevious(capture, undefined), 1_000n],
  ])('%s', (_, body, minor) => {
    expect(translateBody(body).facts).toMatchObject([{ event: { type: 'ar.payment-received' }, value: { amount: { minor } } }]);
  });

  it.each<[string, Json]>([
    ['what was refunded is not told', withObject(capture, { amount_refunded: undefined })],
    ['the refunds are not embedded', withObject(withPrevious(capture, undefined), { refunds: undefined })],
    ['the refunds do not add up', withObject(capture, { refunds: { data: [later] } })],
    [
      'one of several refunds may be a repayment',
      withObject(withPrevious(capture, undefined), { refunds: { data: [...refunds.data, later] }, amount_refunded: 1_595 }),
    ],
    ['something was refunded before', withPrevious(capture, { amount_refunded: 500 })],
    ['more is refunded than was charged', withObject(capture, { amount_refunded: 9_999 })],
    ['the version always tells it', { ...capture, api_version: '2022-08-01' }],
    ['a charge that succeeded says that something was refunded', { ...capture, type: 'charge.succeeded' }],
  ])('is a dead letter when %s', (_, body) => {
    expect(() => translateBody(body)).toThrow(UnknownStripeValueError);
  });
});

describe('a charge of before 2015', () => {
  const old = {
    id: 'ch_1',
    object: 'charge',
    amount: 2_000,
    amount_refunded: 0,
    captured: true,
    paid: true,
    currency: 'usd',
    refunds: [],
    card: { object: 'card', type: 'Visa', last4: '4242', country: 'US', name: 'Ada' },
  };
  it('has a flag instead of a status, a card instead of a source, and a plain list of refunds', () => {
    for (const fields of [{}, { status: 'paid' }])
      expect(translateBody(around({ ...old, ...fields }, '2013-08-13', 'charge.succeeded')).facts).toMatchObject([
        { value: { amount: { minor: 2_000n }, method: { type: 'card', brand: 'visa', last4: '4242' }, payer: { name: 'Ada' } } },
      ]);
  });
  it('that failed says why; one that only is not paid may be pending', () => {
    const failed = { ...old, paid: false, failure_message: 'Your card was declined.' };
    expect(translateBody(around(failed, '2013-08-13', 'charge.succeeded')).record.ignoredReason).toBe('not-succeeded');
    expect(() => translateBody(around({ ...old, paid: false }, '2013-08-13', 'charge.succeeded'))).toThrow(UnknownStripeValueError);
  });
  it('does not say whether it was captured before that could be chosen', () => {
    expect(() => translateBody(around({ ...old, captured: undefined }, '2013-01-01', 'charge.succeeded'))).toThrow(UnknownStripeValueError);
  });
});

it('takes of embedded refunds those that make the old total the new one', () => {
  const refund = (id: string, amount: number): Json => ({
    id,
    object: 'refund',
    amount,
    currency: 'usd',
    created: 1_567_874_860,
    status: 'succeeded',
  });
  const charge = {
    id: 'ch_1',
    object: 'charge',
    amount: 2_000,
    captured: true,
    status: 'succeeded',
    currency: 'usd',
    amount_refunded: 1_500,
    refunds: { data: [refund('re_new', 500), refund('re_rest', 1_000)] },
  };
  const body = withPrevious(around(charge, '2019-02-19', 'charge.refunded'), { amount_refunded: 1_000 });
  expect(translateBody(body).facts).toMatchObject([{ value: { refund: { refundId: 're_new', amount: { minor: 500n } } } }]);
  expect(() => translateBody(withPrevious(body, { amount_refunded: 1_200 }))).toThrow(UnknownStripeValueError);
});
