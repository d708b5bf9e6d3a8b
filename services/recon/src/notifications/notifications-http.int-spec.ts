import type { NotificationsPage, NotificationView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { AuditTrail } from '../audit/emit/audit-trail.js';
import { NotificationSystem, routesFile } from './testing/notification-system.js';

let database: DataSource;
let system: NotificationSystem;
afterAll(async () => {
  await system?.stop();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  const file = routesFile((secret) => ({
    routes: [{ name: 'duty', kind: 'webhook', url: 'http://127.0.0.1:9/x', secretFile: secret('s', 'x') }],
  }));
  system = await NotificationSystem.start(database, file);
}, 120_000);
beforeEach(async () => {
  system.caller = localIdentity;
  await database.query(`truncate recon.notification, recon.notification_message`);
  await database.query(
    `insert into recon.notification (id, condition, about, target, severity, count, since, fired_at, told_at, cleared_at) values
     ('ntf_1', 'postings-held', 'kinetic-main', 'kinetic-main', 'critical', 2, '2026-11-21T06:00:00Z', '2026-11-21T06:00:00Z', '2026-11-21T06:00:00Z', null),
     ('ntf_2', 'postings-held', 'sl-main', 'sl-main', 'critical', 1, '2026-11-21T07:00:00Z', '2026-11-21T07:00:00Z', '2026-11-21T07:00:00Z', null),
     ('ntf_3', 'breaks', 'missing', null, 'critical', 1, '2026-11-21T08:00:00Z', '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z', '2026-11-21T10:00:00Z'),
     ('ntf_4', 'lag', '', null, 'warning', 20000, '2026-11-21T09:00:00Z', null, null, null)`,
  );
});

const person = (role: Identity['grants'][number]['role'], target = '*'): Identity => ({
  subject: 'person:1',
  name: 'Ada',
  grants: [{ role, target }],
});
const ids = async (query = ''): Promise<string[]> =>
  (await system.ask<NotificationsPage>('GET', `/notifications${query}`)).body.notifications.map(({ id }) => id);

it('lists what was told, newest first, page by page and by state', async () => {
  expect(await ids()).toEqual(['ntf_3', 'ntf_2', 'ntf_1']);
  const first = (await system.ask<NotificationsPage>('GET', '/notifications?limit=2')).body;
  expect([first.watching, first.next]).toEqual([true, 'ntf_2']);
  const second = (await system.ask<NotificationsPage>('GET', `/notifications?limit=2&after=${first.next ?? ''}`)).body;
  expect([second.notifications.map(({ id }) => id), second.next]).toEqual([['ntf_1'], null]);
  expect(await ids(`?limit=2&before=${second.previous ?? ''}`)).toEqual(['ntf_3', 'ntf_2']);
  expect([await ids('?state=open'), await ids('?state=cleared'), await ids('?condition=breaks')]).toEqual([
    ['ntf_2', 'ntf_1'],
    ['ntf_3'],
    ['ntf_3'],
  ]);
  expect((await system.ask('GET', '/notifications?state=gone')).status).toBe(400);
  expect((await system.ask<NotificationsPage>('GET', '/notifications?state=cleared')).body.notifications[0]).toMatchObject({
    ...{ text: '1 payment is missing when Stripe and the ledger are compared.', about: 'missing', remindedAt: '2026-11-21T09:00:00.000Z' },
    ...{ clearedAt: '2026-11-21T10:00:00.000Z', acknowledged: null, deliveries: [], runbook: 'docs/runbooks/breaks.md' },
  });
});

it('shows somebody with a role for one target what is about it, and nothing else', async () => {
  system.caller = person('accountant', 'kinetic-main');
  expect(await ids()).toEqual(['ntf_1']);
  expect((await system.ask('POST', '/notifications/ntf_2/acknowledge', { reason: 'I look' })).status).toBe(404);
  expect((await system.ask('GET', '/notification-routes')).status).toBe(403);
});

it('is acknowledged once, with a reason, by whoever may, and that is in the audit trail', async () => {
  system.caller = person('viewer');
  expect((await system.ask('POST', '/notifications/ntf_1/acknowledge', { reason: 'I look' })).status).toBe(403);
  system.caller = person('accountant');
  expect((await system.ask('POST', '/notifications/ntf_1/acknowledge', {})).status).toBe(400);
  const { status, body } = await system.ask<NotificationView>('POST', '/notifications/ntf_1/acknowledge', {
    reason: 'the period opens at noon',
  });
  expect([status, body.state, body.acknowledged?.by, body.acknowledged?.reason]).toEqual([
    200,
    'acknowledged',
    'Ada',
    'the period opens at noon',
  ]);
  for (const id of ['ntf_1', 'ntf_3'])
    expect(await system.ask('POST', `/notifications/${id}/acknowledge`, { reason: 'again' })).toMatchObject({
      ...{ status: 409, body: { error: 'notification.not-open' } },
    });
  expect((await system.ask('POST', '/notifications/ntf_4/acknowledge', { reason: 'nobody was told' })).status).toBe(404);
  const { rows } = await new AuditTrail(database).list({ object: 'notification:ntf_1' }, { limit: 10 });
  expect(rows).toMatchObject([
    { action: 'notification.acknowledged', subject: 'person:1', target: 'kinetic-main', reason: 'the period opens at noon' },
  ]);
});

it('tests a route for an engineer, and that is in the audit trail', async () => {
  system.caller = person('accountant');
  expect((await system.ask('POST', '/notification-routes/duty/test', {})).status).toBe(403);
  system.caller = person('engineer');
  expect((await system.ask('POST', '/notification-routes/nothing/test', {})).status).toBe(404);
  expect(await system.ask('POST', '/notification-routes/duty/test', {})).toMatchObject({
    ...{ status: 202, body: { name: 'duty', to: 'http://127.0.0.1:9', waiting: 1, test: { kind: 'test', state: 'waiting', attempts: 0 } } },
  });
  const { rows } = await new AuditTrail(database).list({ object: 'notification-route:duty' }, { limit: 10 });
  expect(rows).toMatchObject([{ action: 'notification.tested', subject: 'person:1' }]);
});

it('says that nothing is watched where no file is configured', async () => {
  const off = await NotificationSystem.start(database, undefined);
  expect((await off.ask<NotificationsPage>('GET', '/notifications?state=open')).body).toMatchObject({ watching: false });
  expect((await off.ask('GET', '/notification-routes')).body).toEqual({ routes: [] });
  await off.stop();
});
