import { listed, mapperBodies } from '../../testing/mapper-bodies.js';
import { fixture, translateBody, withObject } from '../../testing/fixtures.js';
import { InvalidStripeObjectError } from '../errors.js';
import { parseBody } from '../stripe-model/stripe-event.js';
import { ignoredReasons } from './ignored-reasons.js';
import { mappers } from './translate.js';

describe('what is ignored says why', () => {
  const charge = fixture('events/charge.succeeded.json');
  it.each([
    ['an authorisation', withObject(charge, { captured: false, amount_captured: 0 }), 'not-captured'],
    ['a charge that is still pending', withObject(charge, { status: 'pending' }), 'not-succeeded'],
    ['an update without new balance transaction', fixture('recorded/stripe-sync-engine/charge.updated.json'), 'no-accounting-change'],
    ['an intent that did not succeed', fixture('recorded/stripe-sync-engine/payment_intent.succeeded.json'), 'not-succeeded'],
    ['a running total of refunds', fixture('events/charge.refunded.full.json'), 'refund-total-only'],
    ['a partial running total', fixture('events/charge.refunded.partial.json'), 'refund-total-only'],
    ['a failed attempt of an intent, which its charge tells', fixture('events/payment_intent.payment_failed.json'), 'unhandled-type'],
    ['an account', fixture('recorded/dj-stripe/account.updated.connect.json'), 'unhandled-type'],
    ['a type named like a property of every object', { ...charge, type: 'constructor' }, 'unhandled-type'],
  ])('%s', (_, body, reason) => {
    const { facts, record } = translateBody(body);
    expect(facts).toEqual([]);
    expect(record).toMatchObject({ canonical: [], ignoredReason: reason });
    expect(record.ignoredText).toBeTruthy();
    expect(Object.keys(ignoredReasons)).toContain(reason);
  });
});

describe('a body that is not what it promises', () => {
  const charge = fixture('events/charge.succeeded.json');
  it.each([
    ['a text amount', withObject(charge, { amount_captured: '29429' }), 'data.object.amount_captured should be a whole number'],
    ['a fraction', withObject(charge, { amount_captured: 294.29 }), 'data.object.amount_captured should be a whole number'],
    ['an amount beyond 2^53', withObject(charge, { amount_captured: 2 ** 53 }), 'data.object.amount_captured should be a whole number'],
    ['no currency', withObject(charge, { currency: undefined }), 'data.object.currency should be text, there is nothing'],
    ['no id', withObject(charge, { id: null }), 'data.object.id should be text, there is nothing'],
    [
      'metadata of numbers',
      withObject(charge, { metadata: { n: 1 } }),
      'data.object.metadata.n should be text, there is a value of type number',
    ],
    ['no object', { ...charge, data: {} }, 'data.object should be an object, there is nothing'],
    ['no event', { id: 'ch_1', object: 'charge' }, 'event.object should be "event"'],
  ])('%s is refused with the place', (_, body, text) => {
    expect(() => translateBody(body)).toThrow(InvalidStripeObjectError);
    expect(() => translateBody(body)).toThrow(text);
  });

  it.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(() => parseBody(new TextEncoder().encode(text))).toThrow(InvalidStripeObjectError);
  });
});

it('translates the same event to the same events again, for every mapper', () => {
  const files = mapperBodies();
  expect(files.map((body) => body.type).sort()).toEqual(Object.keys(mappers).sort());
  for (const body of files) expect(translateBody(body, listed)).toEqual(translateBody(structuredClone(body), listed));
});
