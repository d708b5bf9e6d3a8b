import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { sent } from '../../api/sent.js';
import { readNotificationRoutes, readNotifications } from './api.js';
import { NotificationList } from './notification-list.js';
import { RoutesTable } from './routes-card.js';

/** Characters that must never be displayed: control characters, direction marks, unpaired surrogates. */
const unseen = /[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;
const listed = (value: unknown, mayAcknowledge = true): string =>
  renderToStaticMarkup(createElement(NotificationList, { ...readNotifications(sent(value)), mayAcknowledge }));
const routed = (value: unknown): string =>
  renderToStaticMarkup(createElement(RoutesTable, { routes: readNotificationRoutes(sent(value)), busy: false, test: () => undefined }));

const odd = fc.oneof(
  fc.constantFrom(null, '', '\u0000', '\u202E', '\ud800', '__proto__', 'javascript:alert(1)', -1, 1e300, true, '2026-11-21T07:31:39Z'),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const fields = (names: readonly string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });
const delivery = fields(['route', 'kind', 'state', 'endedAt', 'problem']);
const row = fc
  .tuple(
    fields(['id', 'severity', 'state', 'text', 'firedAt', 'clearedAt', 'runbook', 'page', 'acknowledged']),
    fc.array(delivery, { maxLength: 2 }),
  )
  .map(([one, deliveries]) => ({ ...one, deliveries }));
const route = fields(['name', 'kind', 'severities', 'to', 'sent', 'waiting', 'givenUp', 'lastSentAt', 'problem', 'test']);

it('draws any notifications and routes, nothing that cannot be seen, and links to pages of the console only', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, row)), fc.array(fc.oneof(odd, route)), (notifications, routes) => {
      const drawn = listed({ watching: true, notifications }) + routed({ routes });
      expect(drawn).not.toMatch(unseen);
      expect(drawn).not.toMatch(/href="(?!\/[a-z])/);
    }),
    { numRuns: 200 },
  );
});

const firing = {
  id: 'ntf_1',
  severity: 'critical',
  state: 'firing',
  text: '1 payment is missing.',
  page: '/payments',
  runbook: 'docs/runbooks/breaks.md',
};

it('says what lasts, who looks after it, and offers to acknowledge to whoever may', () => {
  expect(listed({ watching: true, notifications: [firing] })).toMatch(
    /href="\/payments".*1 payment is missing\..*Critical.*Lasts.*Acknowledge: 1 payment is missing\./,
  );
  expect(listed({ watching: true, notifications: [firing] }, false)).not.toContain('<form');
  const acknowledged = { ...firing, state: 'acknowledged', acknowledged: { at: null, by: 'Ada', reason: 'upgrade' } };
  expect(listed({ watching: true, notifications: [acknowledged] })).toMatch(/Ada looks after it since : upgrade/);
});

it('says that nothing is watched, apart from nothing having been told', () => {
  expect(listed({ watching: false, notifications: [] })).toContain('RECON_NOTIFICATIONS_FILE');
  expect(listed({ watching: true, notifications: [] })).toContain('Nothing was told.');
});

it('shows where messages go, and what a route did not take', () => {
  const drawn = routed({
    routes: [{ name: 'duty', kind: 'webhook', to: 'https://hooks.test', severities: ['critical'], sent: 2, problem: 'HTTP 500' }],
  });
  expect(drawn).toMatch(/duty.*Webhook.*https:\/\/hooks\.test.*HTTP 500.*critical.*>2<.*Send a test to duty/);
});
