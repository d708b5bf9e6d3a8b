import { rawFactOf } from './raw-fact.js';
import type { StripeEvent } from './stripe-event.js';

const event: StripeEvent = {
  id: 'evt_1',
  type: 'charge.succeeded',
  createdS: 1_788_276_642,
  livemode: false,
  account: undefined,
  apiVersion: '2026-08-26.dahlia',
  object: { object: 'charge', id: 'ch_1', customer: 'cus_1', payment_intent: 'pi_1' },
};
const delivery = { endpoint: 'default', receivedAt: '2026-11-21T06:00:00.000Z', versionMismatch: false, maskedPaths: [] };

it('says what came, from where and when', () => {
  expect(rawFactOf(event, delivery)).toEqual({
    key: 'cus_1',
    sequence: 'pi_1',
    id: 'evt_1',
    headers: {
      ce_subject: 'charge.succeeded',
      ce_source: 'stripe/default/default',
      ce_time: '2026-09-01T15:30:42.000Z',
      'content-type': 'application/json',
      tributary_endpoint: 'default',
      tributary_livemode: 'false',
      tributary_received_at: '2026-11-21T06:00:00.000Z',
    },
  });
});

it('says the connected account', () => {
  expect(rawFactOf({ ...event, account: 'acct_1' }, delivery).headers).toMatchObject({
    tributary_account: 'acct_1',
    ce_source: 'stripe/acct_1/default',
  });
});

it.each([
  ['2020-08-27', '2020-08-27'],
  [undefined, 'none'],
])('marks version %p', (apiVersion, text) => {
  expect(rawFactOf({ ...event, apiVersion }, { ...delivery, versionMismatch: true }).headers).toMatchObject({
    tributary_version_mismatch: text,
  });
});

it('names masked fields, at most twenty, in plain ASCII', () => {
  const maskedPaths = ['a.b', 'a.b', 'a.ü', ...Array.from({ length: 30 }, (_, index) => `n.${index}`)];
  const text = rawFactOf(event, { ...delivery, maskedPaths }).headers['tributary_masked'] ?? '';
  expect(text).toMatch(/^33: a\.b, a\.\?, n\.0, /);
  expect(text.split(', ')).toHaveLength(20);
});
