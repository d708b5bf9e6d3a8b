import type { NotificationMessage, NotificationRoutesView, NotificationsPage } from '@tributary/contracts';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { messageSchema } from './decide/message-schema.js';
import type { NotificationSettings } from './emit/notification-settings.js';
import { signatureOf } from './emit/webhook-route.js';
import { NotificationSystem, routesFile } from './testing/notification-system.js';
import { caFile, mailServer, webhookReceiver } from './testing/receivers.js';
import type { MailServer, WebhookReceiver } from './testing/receivers.js';

let database: DataSource;
let hook: WebhookReceiver;
let mail: MailServer;
const systems: NotificationSystem[] = [];
withReconDatabase((started) => (database = started));
beforeEach(async () => {
  await database.query(
    `truncate recon.notification, recon.notification_watch, recon.notification_process, recon.notification_message, recon.dead_letter`,
  );
  [hook, mail] = await Promise.all([webhookReceiver(), mailServer('mail-password')]);
});
afterEach(async () => {
  await Promise.all(systems.splice(0).map((system) => system.stop()));
  await Promise.all([hook.stop(), mail.stop()]);
});

/** Everything at once: no time before a message, none before it is over. */
const fast: Partial<NotificationSettings> = {
  policy: { clearAfterMs: 0, remindAfterMs: { critical: 3_600_000, warning: 3_600_000 } },
  attemptsAfterMs: [0, 0, 0],
};
const path = (): string =>
  routesFile((secret) => ({
    installation: 'shop',
    routes: [
      { name: 'duty', kind: 'webhook', url: hook.url, secretFile: secret('duty', 'hook-secret') },
      {
        ...{ name: 'accounts', kind: 'mail', severities: ['critical'], from: 'tributary@shop.test', to: ['a@shop.test', 'b@shop.test'] },
        ...{ host: '127.0.0.1', port: mail.port, tls: 'implicit', caFile, user: 'ada', passwordFile: secret('mail', 'mail-password') },
      },
    ],
  }));
async function recon(change: Partial<NotificationSettings> = {}, file = path()): Promise<NotificationSystem> {
  const system = await NotificationSystem.start(database, file, { ...fast, ...change });
  systems.push(system);
  return system;
}
const bury = (id: string, code = 'kinetic.period-closed', held = false): Promise<unknown> =>
  database.query(
    `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, text, dead_at, id, consumer_group, source_topic, source_partition,
       source_offset, minor, currency, held) values ('d', 0, $2, 'evt', $1, $3, 'Ada Lovelace owes 12.34', now(), $1, 'g', 'postings.kinetic-main.v1', 0, $2, 1234, 'USD', $4)`,
    [`dl_${id}`, Number(id), code, held],
  );
const close = (): Promise<unknown> => database.query(`update recon.dead_letter set state = 'closed', result = 'skipped'`);
const told = (): string[] =>
  hook.received.map(({ body }) => {
    const { kind, notification } = JSON.parse(body) as NotificationMessage;
    return `${kind} ${notification?.condition ?? ''} ${notification?.about ?? ''} ${notification?.count ?? ''}`;
  });

it('tells of a dead letter once, by webhook and by mail, and when it is over', async () => {
  const system = await recon();
  await bury('1');
  for (let n = 0; n < 3; n += 1) await system.round();
  expect(told()).toEqual(['fired dead-letters kinetic.period-closed 1']);
  expect(mail.mails.map(({ from, to, user }) => [from, to, user])).toEqual([
    ['tributary@shop.test', ['a@shop.test', 'b@shop.test'], 'ada'],
  ]);
  expect(mail.mails[0]?.text).toMatch(/^Subject: \[shop\] critical: A person has to look at 1 dead letter of cause/m);
  await bury('2', 'mapping.currency-unmapped');
  await system.round();
  await close();
  await system.round();
  expect(told().slice(1).toSorted()).toEqual([
    'cleared dead-letters kinetic.period-closed 1',
    'cleared dead-letters mapping.currency-unmapped 1',
    'fired dead-letters mapping.currency-unmapped 1',
  ]);
  await system.round();
  expect([told().length, mail.mails.length]).toEqual([4, 4]);
  // Neither an amount nor a person, whatever the letters say.
  const everything = [...hook.received.map(({ body }) => body), ...mail.mails.map(({ text }) => text)].join('\n');
  expect(everything).not.toMatch(/Lovelace|12\.34|mail-password|hook-secret/);
});

it('signs what it sends, in the documented shape', async () => {
  const system = await recon();
  await bury('1');
  await system.round();
  const [{ headers, body }] = hook.received as [WebhookReceiver['received'][number]];
  expect(messageSchema.parse(JSON.parse(body)).id).toBe(headers['idempotency-key']);
  const at = Number(/^t=(\d+),/.exec(String(headers['tributary-signature']))?.[1]);
  expect(Math.abs(at - Date.now() / 1_000)).toBeLessThan(60);
  expect(headers['tributary-signature']).toBe(signatureOf('hook-secret', body, at));
});

it('sends each message once when two processes watch and send at the same time, and the second takes over', async () => {
  const [first, second] = [await recon({ watchEveryMs: 100 }), await recon({ watchEveryMs: 100 })];
  await Promise.all(['1', '2', '3'].map((n) => bury(n, `cause.n${n}`)));
  for (let n = 0; n < 4; n += 1) await Promise.all([first.round(), second.round()]);
  expect(told().toSorted()).toEqual(['1', '2', '3'].map((n) => `fired dead-letters cause.n${n} 1`));
  await close();
  await Promise.all([first, second].map(async (one, n) => (n === 0 ? one.stop() : undefined)));
  systems.splice(systems.indexOf(first), 1);
  for (let n = 0; n < 8 && told().length < 6; n += 1) {
    await new Promise((later) => setTimeout(later, 100));
    await second.round();
  }
  expect(told().slice(3).toSorted()).toEqual(['1', '2', '3'].map((n) => `cleared dead-letters cause.n${n} 1`));
}, 30_000);

it('goes on after a restart while the receiver is away, in order, and once', async () => {
  const address = new URL(hook.url);
  const file = path();
  await hook.stop();
  const first = await recon({ attemptsAfterMs: [0, 0, 50, 50, 50, 50] }, file);
  await bury('1');
  await first.round();
  await close();
  await first.round();
  const routes = await first.ask<NotificationRoutesView>('GET', '/notification-routes');
  expect(routes.body.routes[0]).toMatchObject({
    name: 'duty',
    to: address.origin,
    waiting: 2,
    sent: 0,
    problem: expect.any(String) as string,
  });
  expect(JSON.stringify(routes.body)).not.toMatch(/path-that-is-secret|hook-secret/);
  await first.stop();
  systems.splice(0);
  hook = await webhookReceiver(Number(address.port));
  const second = await recon({}, file);
  for (let n = 0; n < 20 && hook.received.length < 2; n += 1) {
    await new Promise((later) => setTimeout(later, 50));
    await second.round();
  }
  await second.round();
  expect(told()).toEqual(['fired dead-letters kinetic.period-closed 1', 'cleared dead-letters kinetic.period-closed 1']);
}, 30_000);

it('waits as long as Retry-After says', async () => {
  const system = await recon();
  hook.answer = { status: 429, headers: { 'retry-after': '120' } };
  await bury('1');
  await system.round();
  await system.round();
  expect(hook.received.length).toBe(1);
  const [row] = await database.query<{ wait: string }[]>(
    `select extract(epoch from next_at - now())::int as wait from recon.notification_message where route = 'duty'`,
  );
  expect(Number(row?.wait)).toBeGreaterThan(100);
});

it('follows no redirect, gives up after its attempts, shows it, and tells the other routes', async () => {
  const system = await recon();
  hook.answer = { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } };
  await bury('1');
  await system.round();
  expect(hook.received.length).toBe(4); // three waits: four attempts
  const [duty] = (await system.ask<NotificationRoutesView>('GET', '/notification-routes')).body.routes;
  expect(duty).toMatchObject({ givenUp: 1, waiting: 0, problem: 'HTTP 302, a redirect, which is not followed' });
  hook.answer = { status: 204 };
  await system.round();
  expect(mail.mails.at(-1)?.text).toMatch(/1 message to route duty could not be delivered/);
  expect(hook.received.length).toBe(4); // neither the message again nor that it was given up
});

it('calls no private address by a name, and none that is internal to a cloud', async () => {
  const routes = (url: string): string =>
    routesFile((secret) => ({ routes: [{ name: 'duty', kind: 'webhook', url, secretFile: secret('s', 'x') }] }));
  await expect(NotificationSystem.start(database, routes('http://169.254.169.254/'), fast)).rejects.toThrow(/duty: .*never called/);
  await expect(NotificationSystem.start(database, '/nowhere/routes.json', fast)).rejects.toThrow(
    /RECON_NOTIFICATIONS_FILE: \/nowhere\/routes\.json: ENOENT/,
  );
});

it('says that the mail server refused the password, without the words of the server', async () => {
  const file = routesFile((secret) => ({
    routes: [
      {
        ...{ name: 'accounts', kind: 'mail', from: 'tributary@shop.test', to: ['a@shop.test'], host: '127.0.0.1', port: mail.port },
        ...{ tls: 'implicit', caFile, user: 'ada', passwordFile: secret('mail', 'wrong-password') },
      },
    ],
  }));
  const system = await recon({}, file);
  expect((await system.ask('POST', '/notification-routes/accounts/test', {})).status).toBe(202);
  await system.send();
  const [accounts] = (await system.ask<NotificationRoutesView>('GET', '/notification-routes')).body.routes;
  expect(accounts?.test).toMatchObject({ kind: 'test', state: 'given-up', problem: expect.stringMatching(/^mail: EAUTH.*535$/) as string });
  expect(mail.mails).toEqual([]);
});

it('sends no mail to a server whose certificate nobody signed that it trusts, and none in clear where TLS is asked for', async () => {
  const clear = await mailServer('mail-password', true);
  const file = routesFile((secret) => ({
    routes: [
      {
        ...{ name: 'stranger', kind: 'mail', from: 'tributary@shop.test', to: ['a@shop.test'], host: '127.0.0.1', port: mail.port },
        ...{ tls: 'implicit', user: 'ada', passwordFile: secret('mail', 'mail-password') },
      },
      { name: 'clear', kind: 'mail', from: 'tributary@shop.test', to: ['a@shop.test'], host: '127.0.0.1', port: clear.port },
    ],
  }));
  const system = await recon({}, file);
  await bury('1');
  await system.round();
  const { routes } = (await system.ask<NotificationRoutesView>('GET', '/notification-routes')).body;
  expect(routes.map(({ givenUp, problem }) => [givenUp, problem?.slice(0, 6)])).toEqual([
    [1, 'mail: '],
    [1, 'mail: '],
  ]);
  expect([...mail.mails, ...clear.mails]).toEqual([]);
  await clear.stop();
});

it('reminds until somebody acknowledges', async () => {
  const system = await recon({ policy: { clearAfterMs: 0, remindAfterMs: { critical: 1, warning: 1 } } });
  await bury('1');
  for (let n = 0; n < 3; n += 1) {
    await system.round();
    await new Promise((later) => setTimeout(later, 5));
  }
  expect(told()).toEqual(['fired', 'reminder', 'reminder'].map((kind) => `${kind} dead-letters kinetic.period-closed 1`));
  const [one] = (await system.ask<NotificationsPage>('GET', '/notifications?state=open')).body.notifications;
  await system.ask('POST', `/notifications/${one?.id}/acknowledge`, { reason: 'the period is opened at noon' });
  await system.round();
  expect(told().length).toBe(3);
  await close();
  await system.round();
  expect(told().at(-1)).toBe('cleared dead-letters kinetic.period-closed 1');
});

it('tells of a held posting by its target and of a clearing difference, and knows nothing of a ledger that is not read', async () => {
  const system = await recon();
  await bury('1', 'erp.unknown', true);
  const differing = {
    target: 'kinetic-main',
    clearing: [{ currency: 'USD', difference: { minor: '-640', currency: 'USD', text: '-6.40' } }],
  };
  const books = (ledgers: unknown[]): never =>
    ({ ledgers, clearing: [], unbalanced: 0, trialBalance: [], problems: [], asOf: '' }) as never;
  await database.query(
    `insert into recon.notification (id, condition, about, target, severity, count, since, fired_at, told_at)
     values ('ntf_old', 'clearing-differs', 'kinetic-main in USD', 'kinetic-main', 'critical', 1, now() - interval '3 hours', now(), now())`,
  );
  system.books = books([]);
  await system.round();
  expect(told()).toContain('fired postings-held kinetic-main 1');
  expect(told().some((text) => text.startsWith('cleared'))).toBe(false);
  system.books = books([differing]);
  await system.round();
  system.books = books([{ ...differing, clearing: [{ currency: 'USD', difference: { minor: '0', currency: 'USD', text: '0.00' } }] }]);
  await system.round();
  const [row] = await database.query<{ cleared: boolean }[]>(
    `select cleared_at is not null as cleared from recon.notification where id = 'ntf_old'`,
  );
  expect(row?.cleared).toBe(true);
});
