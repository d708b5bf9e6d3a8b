import { events, headers } from '@tributary/contracts';
import type { AuditPage, InstallationExaminationView, LettersPage, OrderView } from '@tributary/contracts';
import { Child, freePorts, misfitsOfReads, startStack, workspaceRoot } from '@tributary/local-stack';
import type { ReadRequest } from '@tributary/local-stack';
import { outgoing } from '@tributary/messaging';
import { createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { reconMigrations } from './migrations/index.js';
import { routesFile } from './notifications/testing/notification-system.js';
import { customers } from './testing/customers.js';
import { DeadLetterSystem, eventually } from './testing/dead-letter-system.js';
import { KineticBooks } from './testing/kinetic-books.js';
import { aRequest } from './testing/requests.js';
import { twoLedgers } from './testing/two-ledgers.js';

/** Every answer of recon as the OpenAPI document has it: recon itself as a process, with a broker, a registry, PostgreSQL and a ledger. */
let books: KineticBooks;
let system: DeadLetterSystem;
let database: DataSource;
beforeAll(async () => {
  books = await KineticBooks.start();
  system = await DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot }, books.url);
  const RECON_NOTIFICATIONS_FILE = routesFile((secret) => ({
    routes: [{ name: 'duty', kind: 'webhook', url: 'http://127.0.0.1:9/x', secretFile: secret('s', 'x') }],
  }));
  await system.startRecon({ RECON_NOTIFICATIONS_FILE });
  database = createDataSource({ url: system.stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await database.initialize();
  for (const rows of [twoLedgers, customers, movements, notification]) await database.query(rows);
}, 180_000);
afterAll(async () => {
  await database?.destroy();
  await system?.stop();
  await books?.stop();
}, 60_000);

const movements = `
  insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created, source, payout_id) values
    ('txn_1', 'charge', 'charge', 'USD', 10000, 320, 9680, '[]', 1795240800, 'ch_1', 'po_1'),
    ('txn_2', 'refund', 'refund', 'USD', -1000, 0, -1000, '[]', 1795240801, 're_1', null);`;
const notification = `
  insert into recon.notification (id, condition, about, target, severity, count, since, fired_at, told_at)
  values ('ntf_1', 'breaks', 'missing', null, 'critical', 1, '2026-11-21T08:00:00Z', '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z');`;

/** A webhook as it came, of which a record and a fixture are shown. */
async function publishWebhook(): Promise<void> {
  const body = { id: 'evt_raw', object: 'event', type: 'charge.succeeded', created: 1_763_700_000, data: { object: { id: 'ch_raw' } } };
  const value = Buffer.from(JSON.stringify(body));
  const about = { [headers.subject]: body.type, [headers.endpoint]: 'default', [headers.receivedAt]: new Date().toISOString() };
  const from = { key: 'cus_1', sequence: 'pi_raw', sourceEventId: body.id };
  await system.publisher.publish([outgoing({ event: events.stripeEventReceived, id: body.id, value, headers: about, ...from })]);
  await eventually(
    () => system.call('GET', '/messages/evt_raw/record'),
    ({ status }) => status === 200,
  );
}

/** A dead letter with its message, and an order about it. */
async function orderAboutLetter(): Promise<{ readonly letter: string; readonly order: string }> {
  const request = aRequest('ch_dead');
  const place = { partition: 1, offset: 7, code: 'kinetic.period-closed' };
  await system.bury([{ request, eventId: 'req-ch_dead', sequence: 'pi-ch_dead', ...place }]);
  const { body } = await eventually(
    () => system.call<LettersPage>('GET', '/dead-letters?sequence=pi-ch_dead'),
    ({ body: page }) => page.deadLetters.length > 0,
  );
  const letter = body.deadLetters[0]?.id ?? '';
  await system.call('POST', `/dead-letters/${letter}/comments`, { text: 'the period opens at noon' });
  const order = { action: 'skip', scope: 'one', ids: [letter], reason: 'period is closed' };
  return { letter, order: (await system.call<OrderView>('POST', '/dead-letter-orders', order)).body.id };
}

/** Requests for everything that recon answers to GET, by path of its document. */
const requestsFor = (letter: string, order: string): Readonly<Record<string, readonly ReadRequest[]>> => ({
  '/audit': ['/audit?limit=2', ['/audit?limit=many', 400]],
  '/audit.csv': ['/audit.csv'],
  '/audit/verification': ['/audit/verification'],
  '/audit/{sequence}': ['/audit/1', ['/audit/999999', 404]],
  '/books': ['/books'],
  '/canonical-events': ['/canonical-events?limit=2'],
  '/canonical-events.csv': ['/canonical-events.csv'],
  '/canonical-events/totals': ['/canonical-events/totals'],
  '/company-format': ['/company-format'],
  '/consumer-groups': ['/consumer-groups'],
  '/counts': ['/counts'],
  '/customers': ['/customers?limit=3'],
  '/customers.csv': ['/customers.csv'],
  '/customers/questions': ['/customers/questions'],
  '/customers/{id}': ['/customers/cus_1', '/customers/cus_4', '/customers/cus_5', ['/customers/cus_none', 404]],
  '/dead-letter-orders': ['/dead-letter-orders'],
  '/dead-letter-orders.csv': ['/dead-letter-orders.csv'],
  '/dead-letter-orders/{id}': [`/dead-letter-orders/${order}`, ['/dead-letter-orders/none', 404]],
  '/dead-letter-orders/{id}/letters': [`/dead-letter-orders/${order}/letters`],
  '/dead-letters': ['/dead-letters', '/dead-letters?held=true'],
  '/dead-letters.csv': ['/dead-letters.csv'],
  '/dead-letters/causes': ['/dead-letters/causes'],
  '/dead-letters/causes.csv': ['/dead-letters/causes.csv'],
  '/dead-letters/parked': ['/dead-letters/parked'],
  '/dead-letters/parked.csv': ['/dead-letters/parked.csv'],
  '/dead-letters/sequences': ['/dead-letters/sequences'],
  '/dead-letters/sequences.csv': ['/dead-letters/sequences.csv'],
  '/dead-letters/totals': ['/dead-letters/totals'],
  '/dead-letters/{id}': [`/dead-letters/${letter}`, ['/dead-letters/none', 404]],
  '/dead-letters/{id}/case': [`/dead-letters/${letter}/case`, '/dead-letters/dl_secretcustomer4/case'],
  '/dead-letters/{id}/message': [`/dead-letters/${letter}/message`],
  '/erasures/{customerId}': ['/erasures/cus_5'],
  '/events': ['/events?limit=3'],
  '/events.csv': ['/events.csv'],
  '/events/totals': ['/events/totals'],
  '/events/{id}': ['/events/evt_1', ['/events/evt_none', 404]],
  '/feed': ['/feed'],
  '/installation/examination': ['/installation/examination'],
  '/log-level': ['/log-level'],
  '/messages/{id}': ['/messages/evt_1', '/messages/fact_1', '/messages/req_1', '/messages/out-req_1', ['/messages/none', 404]],
  '/messages/{id}/fixture': ['/messages/evt_raw/fixture'],
  '/messages/{id}/record': ['/messages/evt_raw/record', '/messages/req_1/record'],
  '/movements': ['/movements', '/movements?kind=refunded'],
  '/movements.csv': ['/movements.csv'],
  '/movements/totals': ['/movements/totals'],
  '/notification-routes': ['/notification-routes'],
  '/notifications': ['/notifications'],
  '/outcomes': ['/outcomes?limit=2'],
  '/outcomes.csv': ['/outcomes.csv'],
  '/outcomes/totals': ['/outcomes/totals'],
  '/overview': ['/overview'],
  '/payments': ['/payments?limit=1', '/payments?standing=needsPerson'],
  '/payments.csv': ['/payments.csv'],
  '/payments/totals': ['/payments/totals'],
  '/payments/{id}': ['/payments/ch_1', '/payments/ch_2', '/payments/ch_c5', ['/payments/ch_none', 404]],
  '/postings': ['/postings?limit=3'],
  '/postings.csv': ['/postings.csv'],
  '/postings/totals': ['/postings/totals'],
  '/reconciliation': ['/reconciliation'],
  '/reconciliation/documents': ['/reconciliation/documents'],
  '/reconciliation/documents.csv': ['/reconciliation/documents.csv'],
  '/search': ['/search?q=ch_1', '/search?q=100.00'],
  '/service-settings': ['/service-settings'],
  '/stages': ['/stages'],
  '/target-outcomes': ['/target-outcomes?until=2026-11-21T08:00:00Z'],
  '/today': ['/today', '/today?day=2026-11-21'],
});

it('examines the installation with its own connections, and keeps what it found and who asked', async () => {
  const examination = (): Promise<{ body: InstallationExaminationView }> => system.call('GET', '/installation/examination');
  expect((await examination()).body).toEqual({ running: null, last: null, problem: null });
  const begun = await system.call<InstallationExaminationView>('POST', '/installation/examination');
  expect([begun.status, begun.body.running?.startedBy]).toEqual([202, 'local']);
  const { body } = await eventually(examination, ({ body: { last, problem } }) => last !== null || problem !== null);
  expect(body).toMatchObject({ problem: null, last: { startedBy: 'local', leftOut: 0 } });
  const findings = body.last?.findings ?? [];
  const told = findings.map(({ code, about }) => `${code} ${about}`);
  expect(told).toEqual(expect.arrayContaining(['installation.passed topics', 'installation.passed registry', 'installation.passed recon']));
  expect(findings.filter(({ level }) => level === 'missing')).toEqual([]);
  expect(findings.map(({ level }) => level)).toEqual(findings.map(({ level }) => level).toSorted((a, b) => order(a) - order(b)));
  const { body: trail } = await system.call<AuditPage>('GET', '/audit?action=installation.examined');
  expect(trail.rows).toMatchObject([{ subject: 'local', object: 'installation:recon', details: { findings } }]);
}, 120_000);

const order = (level: string): number => ['missing', 'unknown', 'warning', 'ok'].indexOf(level);

it('answers everything that its document has, as the document says', async () => {
  const [{ letter, order }] = await Promise.all([orderAboutLetter(), publishWebhook()]);
  const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${system.port}${path}`);
  expect(await misfitsOfReads('recon', requestsFor(letter, order), ask)).toEqual([]);
}, 120_000);
