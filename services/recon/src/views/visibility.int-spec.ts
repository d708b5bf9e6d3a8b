import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Counts, Overview, PaymentDetail, PaymentsPage, ReconciliationItem, SearchView, TodayView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { answerCheck } from '@tributary/local-stack';
import { AUTHENTICATOR, protectRoutes, routesOf } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { lookupHashes } from '../shared/emit/lookup-hashes.js';
import { twoLedgers } from '../testing/two-ledgers.js';
import type { ErpConnector } from '@tributary/connector-kit';
import { BooksController } from '../books/accept/books.controller.js';
import type { BookedJournals } from '../books/emit/booked-journals.js';
import { BooksReader } from '../books/emit/books.reader.js';
import type { MovementRepository } from '../books/emit/movement.repository.js';
import type { StripeBalanceReader } from '../books/emit/stripe-balance.reader.js';
import { MovementController } from '../books/accept/movement.controller.js';
import { MovementListRepository } from '../books/emit/movement-list.repository.js';
import { ASSETS_DIR } from '../desk/emit/asset-reader.js';
import { LetterFileController } from '../desk/accept/letter-file.controller.js';
import { LetterTotals } from '../desk/emit/letter-totals.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { LEDGER_CONNECTORS } from '../reconciliation/emit/ledger-connectors.js';
import { TodayController } from '../today/accept/today.controller.js';
import { TargetOutcomesController } from '../today/accept/target-outcomes.controller.js';
import { TargetOutcomesRepository } from '../today/emit/target-outcomes.repository.js';
import { TodayReader } from '../today/emit/today.reader.js';
import { TodayRepository } from '../today/emit/today.repository.js';
import { DocumentComparisonController } from './accept/document-comparison.controller.js';
import { FeedController } from './accept/feed.controller.js';
import { AuditTrail } from '../audit/emit/audit-trail.js';
import { MessageController } from '../messages/accept/message.controller.js';
import { GroupLagReader } from '../messages/emit/group-lag.reader.js';
import { MessageReader } from '../messages/emit/message.reader.js';
import { MessageRepository } from '../messages/emit/message.repository.js';
import { RecordFileController } from './accept/record-file.controller.js';
import { RecordListController } from './accept/record-list.controller.js';
import { PaymentFileController } from './accept/payment-file.controller.js';
import { SearchController } from './accept/search.controller.js';
import { ViewController } from './accept/view.controller.js';
import { DocumentComparisonRepository } from './emit/document-comparison.repository.js';
import { OverviewRepository } from './emit/overview.repository.js';
import { PaymentRepository } from './emit/payment.repository.js';
import { RecordListRepository } from './emit/record-list.repository.js';
import { SearchRepository } from './emit/search.repository.js';
import { ViewRepository } from './emit/view.repository.js';

const misfits = answerCheck('recon');
let database: DataSource;
let app: NestFastifyApplication;
let origin: string;
let caller: Identity = localIdentity;
afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  await database.query(twoLedgers);
  @Module({
    controllers: [
      ...[BooksController, ViewController, FeedController, RecordListController, DocumentComparisonController],
      ...[TodayController, TargetOutcomesController, MovementController, SearchController, PaymentFileController, LetterFileController],
      ...[RecordFileController, MessageController],
    ],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: DataSource, useValue: database },
      { provide: BooksReader, useValue: booksOfLedgersThatAreAway() },
      { provide: LEDGER_CONNECTORS, useValue: new Map(['kinetic-main', 'sl-main'].map((target) => [target, awayOrWithoutSums(target)])) },
      { provide: ASSETS_DIR, useValue: undefined },
      ...[
        TodayReader,
        TodayRepository,
        TargetOutcomesRepository,
        MovementListRepository,
        DeadLetterRepository,
        LetterTotals,
        SearchRepository,
      ],
      ...[ViewRepository, PaymentRepository, OverviewRepository, RecordListRepository, DocumentComparisonRepository],
      ...[MessageRepository, AuditTrail, { provide: MessageReader, useValue: {} }, { provide: GroupLagReader, useValue: {} }],
    ],
  })
  class HttpModule {}
  app = await NestFactory.create(HttpModule, new FastifyAdapter({ forceCloseConnections: true }), { logger: false });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  origin = await app.getUrl();
}, 120_000);
afterEach(() => {
  caller = localIdentity;
});

/** One ledger that cannot sum itself up, another one that does not answer. */
function booksOfLedgersThatAreAway(): BooksReader {
  const ledgers = new Map(['kinetic-main', 'sl-main', 'secret'].map((target) => [target, awayOrWithoutSums(target)] as const));
  const stripe = { read: () => Promise.resolve({ problem: 'Stripe is away' }) } as unknown as StripeBalanceReader;
  const journals = { unbalanced: () => Promise.resolve(new Map([['secret', 1]])) } as unknown as BookedJournals;
  return new BooksReader(ledgers, undefined, stripe, {} as MovementRepository, journals);
}
function awayOrWithoutSums(target: string): ErpConnector {
  return (target === 'secret' ? {} : { trialBalance: () => Promise.reject(new Error(target)) }) as ErpConnector;
}

const accountantOf = (target: string): Identity => ({ subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target }] });

/** The text of an answer; of the live feed, its first snapshot. */
async function textOf(path: string): Promise<string> {
  const gone = new AbortController();
  const response = await fetch(`${origin}${path}`, { signal: gone.signal });
  expect(response.status).toBe(200);
  if (!path.startsWith('/feed')) {
    const answer = await response.text();
    if (!path.includes('.csv')) expect(misfits({ path, status: response.status, body: JSON.parse(answer) })).toEqual([]);
    return answer;
  }
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part as Uint8Array).toString();
    if (/event: snapshot\n.*\n\n/.test(text)) break;
  }
  gone.abort();
  return text;
}
const get = async <T>(path: string): Promise<T> => JSON.parse(await textOf(path)) as T;

/** Requests for every route that answers with what ledgers have. */
const asked: Readonly<Record<string, readonly string[]>> = {
  '/counts': ['/counts'],
  '/stages': ['/stages'],
  '/overview': ['/overview'],
  '/payments': ['/payments', '/payments?standing=needsPerson', '/payments?reconciliation=different', '/payments?state=deadLettered'],
  '/payments.csv': ['/payments.csv', '/payments.csv?standing=needsPerson'],
  '/payments/totals': ['/payments/totals?standing=needsPerson'],
  '/search': ['/search?q=ch_1', '/search?q=ch_2', '/search?q=req_1'],
  '/today': ['/today', '/today?day=2026-11-21'],
  '/target-outcomes': ['/target-outcomes?until=2026-11-21T08:00:00Z'],
  '/payments/:id': ['/payments/ch_1', '/payments/ch_2'],
  '/events': ['/events', '/events?state=deadLettered', '/events?reason=erp.secret'],
  '/events/:id': ['/events/evt_1', '/events/evt_2'],
  '/events/totals': ['/events/totals'],
  '/events.csv': ['/events.csv'],
  '/canonical-events': ['/canonical-events'],
  '/canonical-events/totals': ['/canonical-events/totals'],
  '/canonical-events.csv': ['/canonical-events.csv'],
  '/postings': ['/postings', '/postings?key=ch_2'],
  '/postings/totals': ['/postings/totals'],
  '/postings.csv': ['/postings.csv'],
  '/outcomes': ['/outcomes', '/outcomes?id=evt_1'],
  '/outcomes/totals': ['/outcomes/totals'],
  '/outcomes.csv': ['/outcomes.csv'],
  '/messages/:id': ['/messages/evt_1', '/messages/evt_2', '/messages/fact_1'],
  '/reconciliation': ['/reconciliation', '/reconciliation?state=different'],
  '/reconciliation/documents': ['/reconciliation/documents'],
  '/reconciliation/documents.csv': ['/reconciliation/documents.csv'],
  '/dead-letters.csv': ['/dead-letters.csv'],
  '/dead-letters/totals': ['/dead-letters/totals?state=open'],
  '/dead-letters/parked.csv': ['/dead-letters/parked.csv'],
  '/books': ['/books'],
  '/feed': ['/feed'],
};
/** Routes that are tested with their own data, or have no rows of ledgers. */
const elsewhere: Readonly<Record<string, string>> = {
  '/notifications': 'notifications/notifications-http.int-spec.ts',
  '/notification-routes': 'for all ledgers only: notifications/notifications-http.int-spec.ts',
  '/movements': 'movements of Stripe, which belong to no ledger: today/today.int-spec.ts',
  '/customers': 'customers/customers.int-spec.ts',
  '/customers.csv': 'customers/customers.int-spec.ts',
  '/customers/questions': 'customers/customers.int-spec.ts',
  '/customers/:id': 'customers/customers.int-spec.ts',
  '/movements.csv': 'movements of Stripe, which belong to no ledger: books/movement-files.int-spec.ts',
  '/movements/totals': 'movements of Stripe, which belong to no ledger: books/movement-files.int-spec.ts',
  '/company-format': 'no rows of ledgers',
  '/service-settings': 'no rows of ledgers: about/settings.spec.ts',
  '/audit': 'audit/accept/audit-http.int-spec.ts',
  '/audit.csv': 'audit/accept/audit-http.int-spec.ts',
  '/audit/:sequence': 'audit/accept/audit-http.int-spec.ts',
  '/installation/examination': 'of the installation, for whoever manages people for all ledgers',
  '/audit/verification': 'of the whole chain, without what its rows say: audit/accept/audit-verification.int-spec.ts',
  '/messages/:id/record': 'messages/messages.int-spec.ts',
  '/messages/:id/fixture': 'messages/messages.int-spec.ts',
  '/consumer-groups': 'messages/messages.int-spec.ts',
  '/dead-letters': 'views/lists.int-spec.ts',
  '/dead-letters/sequences': 'desk/sequences.int-spec.ts',
  '/dead-letters/causes': 'views/lists.int-spec.ts',
  '/dead-letters/causes.csv': 'desk/by-hand.int-spec.ts',
  '/dead-letters/sequences.csv': 'desk/by-hand.int-spec.ts',
  '/dead-letter-orders.csv': 'desk/by-hand.int-spec.ts',
  '/dead-letters/parked': 'views/lists.int-spec.ts',
  '/dead-letters/:id': 'views/lists.int-spec.ts',
  '/dead-letters/:id/case': 'desk/letter-talk.int-spec.ts',
  '/dead-letters/:id/message': 'desk/letter-talk.int-spec.ts',
  '/erasures/:customerId': 'for all ledgers only: personal-data/erasures.int-spec.ts',
  '/dead-letter-orders': 'desk/two-persons.int-spec.ts',
  '/dead-letter-orders/:id': 'desk/two-persons.int-spec.ts',
  '/dead-letter-orders/:id/letters': 'desk/two-persons.int-spec.ts',
};
/** Figures and facts of Stripe: without a word of a ledger in them even for those who see all. */
const wordless = new Set([
  ...['/stages', '/canonical-events', '/canonical-events/totals', '/canonical-events.csv', '/payments/totals?standing=needsPerson'],
  ...['/search?q=req_1', '/events/totals', '/postings/totals', '/outcomes/totals'],
]);

it('knows every route that is read', async () => {
  const files = globSync('../*/accept/*.controller.ts', { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, pathToFileURL(import.meta.filename)).href) as Promise<object>),
  );
  const routes = routesOf(modules.flatMap((one) => Object.values(one) as Type[]).filter((one) => /Controller$/.test(one.name)));
  const read = [...new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path))];
  expect(read.toSorted()).toEqual([...Object.keys(asked), ...Object.keys(elsewhere)].toSorted());
});

const secret = /sl-main|secret|98765|987\.65/;
it.each(Object.values(asked).flat())('%s says nothing of another ledger', async (path) => {
  const all = await textOf(path);
  if (!wordless.has(path)) expect(all).toMatch(secret);
  caller = accountantOf('kinetic-main');
  expect(await textOf(path)).not.toMatch(secret);
});

it('shows the payments of Stripe with what the own ledger made of them', async () => {
  caller = accountantOf('kinetic-main');
  const { payments } = await get<PaymentsPage>('/payments');
  const seen = payments.map((one) => [one.chargeId, one.state, one.standing, one.reconciliation, one.ledgerAmount?.text, one.reference]);
  expect(seen).toEqual([
    ['ch_2', 'ignored', 'notBooked', 'pending', undefined, null],
    ['ch_1', 'posted', 'inLedger', 'matched', '100.00', { HeadNum: '881' }],
  ]);
  const { payment, steps } = await get<PaymentDetail>('/payments/ch_1');
  expect(payment).toEqual(payments[1]);
  expect(steps.map(({ stage }) => stage)).toEqual(['webhook', 'requested', 'posted', 'read']);
  caller = accountantOf('sl-main');
  const [second, first] = (await get<PaymentsPage>('/payments')).payments;
  expect([first?.state, first?.standing, first?.reason]).toEqual(['deadLettered', 'needsPerson', 'erp.secret: secret']);
  expect([second?.state, second?.standing, second?.ledgerAmount?.text]).toEqual(['posted', 'needsPerson', '987.65']);
});

it('finds the documents and letters of the own ledgers only', async () => {
  const found = async (q: string): Promise<unknown> =>
    (await get<SearchView>(`/search?q=${encodeURIComponent(q)}`)).found.map(({ kind }) => kind);
  const mine = ['sl-main/cash-receipt/ch_2', 'letter-secret', 'secret_1'];
  caller = accountantOf('sl-main');
  expect(await Promise.all(mine.map(found))).toEqual([['document'], ['deadLetter'], ['deadLetter']]);
  caller = accountantOf('kinetic-main');
  expect(await Promise.all([...mine, '881'].map(found))).toEqual([[], [], [], ['document']]);
});

it('finds by an e-mail address for whoever may read payloads, and never in the address of a request', async () => {
  const [hash] = (await lookupHashes(database, [{ kind: 'email', text: 'ada@example.test' }])) ?? [];
  await database.query(`update recon.payment set lookup_hashes = array[$1] where charge_id = 'ch_1'`, [hash]);
  const find = async (role: 'accountant' | 'viewer', q = 'Ada@example.test'): Promise<unknown> => {
    caller = { subject: 'person:1', name: 'Ada', grants: [{ role, target: 'kinetic-main' }] };
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${origin}/search`, { method: 'POST', headers, body: JSON.stringify({ q }) });
    const { found, hint } = (await response.json()) as SearchView;
    return [response.status, found?.map(({ id, amount, word }) => [id, amount?.text, word]), hint];
  };
  expect(await find('accountant')).toEqual([200, [['ch_1', '100.00', 'inLedger']], null]);
  expect(await find('accountant', 'nobody@example.test')).toEqual([200, [], expect.stringContaining('whole e-mail address')]);
  // Who looked for a person is in the audit trail, the address is nowhere in it.
  const trail = await database.query<{ subject: string; name: string; object: string; details: object; row: string }[]>(
    `select subject, name, object, details, a::text as row from recon.audit a where action = 'payload.searched' order by sequence`,
  );
  expect(trail.map(({ row: _, ...entry }) => entry)).toEqual(
    [1, 0].map((count) => ({ subject: 'person:1', name: 'Ada', object: 'search:email', details: { by: 'e-mail address', found: count } })),
  );
  expect(trail.map(({ row }) => row).join()).not.toMatch(/example\.test/);
  expect(await find('viewer')).toEqual([200, [], expect.stringContaining('payloads.read')]);
  expect(await find('viewer', 'ch_1')).toEqual([
    200,
    [
      ['ch_1', '100.00', 'inLedger'],
      ['kinetic-main/cash-receipt/ch_1', undefined, 'cash-receipt 881'],
    ],
    null,
  ]);
  expect(await find('viewer', 'x'.repeat(601))).toMatchObject([400]);
  expect((await get<SearchView>('/search?q=ada%40example.test')).hint).toContain('POST /search');
  expect(await database.query(`select from recon.audit where action = 'payload.searched'`)).toHaveLength(2);
});

it('counts what the own lists have', async () => {
  caller = accountantOf('kinetic-main');
  const { open, standings, moneyAtRisk, written } = await get<Overview>('/overview');
  const { payments } = await get<PaymentsPage>('/payments?standing=inLedger');
  const { summary, items } = await get<{ summary: object; items: ReconciliationItem[] }>('/reconciliation');
  const today = await get<TodayView>('/today?day=2026-11-21');
  expect([today.toDo, today.needsPerson.count, today.targets.map(({ target }) => target)]).toEqual([[], 0, ['kinetic-main']]);
  expect(
    today.money.map(({ inLedger, notBooked, open: waiting }) => [inLedger, notBooked, waiting].map(({ amount }) => amount.text)),
  ).toEqual([['100.00', '200.00', '0.00']]);
  expect([open, standings.inLedger.count, standings.notBooked.count, moneyAtRisk.count]).toEqual([[], 1, 1, 0]);
  expect([payments.length, items.map(({ chargeId }) => chargeId)]).toEqual([1, ['ch_1']]);
  expect([summary, written]).toEqual([
    { matched: 1, missing: 0, different: 0, pending: 0 },
    { 'kinetic-main': { documents: 1, metadata: 0 } },
  ]);
  expect(await get<Counts>('/counts')).toMatchObject({ accepted: 2, posted: 1, ignored: 1, deadLettered: 0, held: 0 });
});
