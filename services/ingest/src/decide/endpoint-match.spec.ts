import { matchEndpoint } from './endpoint-match.js';
import type { EndpointRules } from './endpoint-match.js';
import type { StripeEvent } from './stripe-event.js';

const endpoint: EndpointRules = { name: 'default', livemode: false, account: null, apiVersion: '2026-08-26.dahlia', otherMode: 'refuse' };
const event: StripeEvent = {
  id: 'evt_1',
  type: 'x.y',
  createdS: 1,
  livemode: false,
  account: undefined,
  apiVersion: '2026-08-26.dahlia',
  object: {},
};

it('takes what belongs to it', () => {
  expect(matchEndpoint(event, endpoint)).toEqual({ take: true, versionMismatch: false });
});

it.each([
  ['live event, test endpoint', { livemode: true }, {}, 'stripe.wrong-mode'],
  ['test event, live endpoint', {}, { livemode: true }, 'stripe.wrong-mode'],
  ['connected account, own endpoint', { account: 'acct_1' }, {}, 'stripe.wrong-account'],
  ['own account, connected endpoint', {}, { account: 'acct_1' }, 'stripe.wrong-account'],
  ['own account, endpoint of any connected account', {}, { account: '*' }, 'stripe.wrong-account'],
  ['another connected account', { account: 'acct_2' }, { account: 'acct_1' }, 'stripe.wrong-account'],
  ['another account, where other modes are dropped', { account: 'acct_2', livemode: true }, { otherMode: 'drop' }, 'stripe.wrong-account'],
] as const)('refuses: %s', (_, ofEvent, ofEndpoint, code) => {
  expect(() => matchEndpoint({ ...event, ...ofEvent }, { ...endpoint, ...ofEndpoint })).toThrow(
    expect.objectContaining({ code, status: 400 }),
  );
});

it.each(['acct_1', '*'])('takes the events of connected accounts at an endpoint for %s', (account) => {
  expect(matchEndpoint({ ...event, account: 'acct_1' }, { ...endpoint, account }).take).toBe(true);
});

it('forgets events of the other mode only where it is told to', () => {
  expect(matchEndpoint({ ...event, livemode: true }, { ...endpoint, otherMode: 'drop' }).take).toBe(false);
});

it.each([
  ['2020-08-27', '2026-08-26.dahlia', true],
  [undefined, '2026-08-26.dahlia', true],
  ['2020-08-27', null, false],
  [undefined, null, false],
])('takes version %p at an endpoint pinned to %p, mismatch: %p', (apiVersion, pinned, versionMismatch) => {
  expect(matchEndpoint({ ...event, apiVersion }, { ...endpoint, apiVersion: pinned })).toEqual({ take: true, versionMismatch });
});
