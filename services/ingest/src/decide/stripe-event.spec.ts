import { eventFixtures, fixturesOf } from '../testing/fixtures.js';
import { fromStripeBody } from './stripe-event.js';

const good = {
  id: 'evt_1',
  object: 'event',
  type: 'charge.succeeded',
  created: 1_788_276_642,
  livemode: false,
  api_version: null,
  data: { object: { id: 'ch_1' } },
};

it('reads every Event of the fixtures', () => {
  const events = eventFixtures();
  expect(events).toHaveLength(90);
  for (const { json } of events) expect(fromStripeBody(json)).toMatchObject({ id: json.id, type: json.type, createdS: json.created });
});

it('refuses every bare object of the fixtures', () => {
  const objects = fixturesOf('recorded').filter(({ json }) => json.object !== 'event');
  expect(objects).toHaveLength(8);
  for (const { json } of objects) expect(() => fromStripeBody(json)).toThrow(expect.objectContaining({ code: 'stripe.not-an-event' }));
});

it('refuses a thin event and says what to do', () => {
  for (const { json } of fixturesOf('thin')) {
    expect(() => fromStripeBody(json)).toThrow(expect.objectContaining({ code: 'stripe.thin-event' }));
    expect(() => fromStripeBody(json)).toThrow('snapshot');
  }
});

it.each([
  ['null', null],
  ['a list', [good]],
  ['a text', 'event'],
  ['no id', { ...good, id: undefined }],
  ['an id with a line break', { ...good, id: 'evt_1\r\nx: y' }],
  ['an id of 256 characters', { ...good, id: 'e'.repeat(256) }],
  ['an id that is not text', { ...good, id: 1 }],
  ['no type', { ...good, type: '' }],
  ['a time as text', { ...good, created: '1788276642' }],
  ['a time with a fraction', { ...good, created: 1.5 }],
  ['a time beyond all years', { ...good, created: 9e15 }],
  ['no mode', { ...good, livemode: 'false' }],
  ['a strange account', { ...good, account: {} }],
  ['a strange version', { ...good, api_version: 7 }],
  ['no data', { ...good, data: null }],
  ['data without object', { ...good, data: { object: [] } }],
])('refuses %s', (_, body) => {
  expect(() => fromStripeBody(body)).toThrow(expect.objectContaining({ code: 'stripe.not-an-event', status: 400 }));
});

it('takes what may be missing', () => {
  expect(fromStripeBody(good)).toMatchObject({ account: undefined, apiVersion: undefined });
  expect(fromStripeBody({ ...good, account: 'acct_1', api_version: '2026-08-26.dahlia' })).toMatchObject({
    account: 'acct_1',
    apiVersion: '2026-08-26.dahlia',
  });
});
