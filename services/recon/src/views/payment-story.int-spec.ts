import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { PaymentDetail } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { connectAndMigrate } from '@tributary/persistence';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { movementsOf } from '../books/decide/stripe-balance.js';
import { MovementRepository } from '../books/emit/movement.repository.js';
import { LEDGER_CONNECTORS } from '../reconciliation/emit/ledger-connectors.js';
import { twoLedgers } from '../testing/two-ledgers.js';
import { ViewController } from './accept/view.controller.js';
import { OverviewRepository } from './emit/overview.repository.js';
import { LOADED_RULES } from './emit/loaded-rules.js';
import { DOCUMENT_LINKS, PaymentRepository } from './emit/payment.repository.js';
import { parseDocumentLinks } from './decide/document-links.js';
import { ViewRepository } from './emit/view.repository.js';

let database: DataSource;
let app: NestFastifyApplication;
let origin: string;
let caller: Identity = localIdentity;
afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  @Module({
    controllers: [ViewController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: DataSource, useValue: database },
      { provide: LEDGER_CONNECTORS, useValue: new Map([['kinetic-main', { numberKeys: ['HeadNum', 'InvoiceNum'] }]]) },
      { provide: LOADED_RULES, useValue: () => ({ ok: true, bundle: { version: 'v2', flows: new Map() } }) },
      { provide: DOCUMENT_LINKS, useValue: parseDocumentLinks('kinetic-main=https://erp.example.com/{HeadNum}') },
      ...[ViewRepository, PaymentRepository, OverviewRepository],
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
beforeEach(async () => {
  await database.query('drop schema recon cascade');
  await connectAndMigrate(database);
  await database.query(twoLedgers);
});

async function detailOf(id: string): Promise<PaymentDetail & { readonly said: string }> {
  const response = await fetch(`${origin}/payments/${id}`);
  const detail = (await response.json()) as PaymentDetail;
  const said = detail.status.clauses.map(({ parts }) => parts.map(({ text }) => text).join('')).join('; ');
  return { ...detail, said };
}

/** A refund of 25.00 that a credit memo of Kinetic books. */
const bookedRefund = `
  insert into recon.payment_news (fact_id, event_id, charge_id, kind, object_id, at, minor, currency, status, inquiry) values
    ('fact_re', 'evt_re', 'ch_1', 'refund', 're_1', '2026-11-22T06:00:00Z', 2500, 'USD', 'succeeded', false);
  insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result, reference, concluded_at) values
    ('req_re', 'fact_re', 'evt_re', 'kinetic-main/credit-memo/re_1', 'kinetic-main', 'credit-memo', '2026-11-22T06:01:00Z', 'released',
      '{"GroupID":"B2","InvoiceNum":"118"}', '2026-11-22T06:02:00Z');
  insert into recon.document (request_id, posting_key, canonical_id, event_id, target, kind, shape, lines, effect, balanced, requested_at) values
    ('req_re', 'kinetic-main/credit-memo/re_1', 'fact_re', 'evt_re', 'kinetic-main', 'credit-memo', 's', '[]',
      '[{"role":"CLR","account":"1150","currency":"USD","debit":null,"credit":"2500"},{"role":"AR","account":null,"currency":"USD","debit":"2500","credit":null}]',
      true, '2026-11-22T06:01:00Z');
  update recon.document set effect = '[{"role":"CLR","account":"1150","currency":"USD","debit":"10000","credit":null}]' where request_id = 'req_1';`;

/** Rows as Stripe lists them (docs/reference/stripe.md, section 9). */
const movements = {
  data: [
    row('txn_1', 'charge', 10_000, 320, 'ch_1'),
    row('txn_2', 'refund', -2_500, 0, 're_1'),
    row('txn_3', 'payout', -7_180, 0, 'po_1'),
    row('txn_4', 'charge', 500, 0, 'ch_other'),
  ],
};
function row(id: string, category: string, amount: number, fee: number, source: string): object {
  return {
    id,
    type: category,
    reporting_category: category,
    amount,
    fee,
    net: amount - fee,
    currency: 'usd',
    created: 1_795_000_000,
    source,
  };
}

it('says where a payment stands in each ledger, with what waits behind a failure', async () => {
  await database.query(`update recon.dead_letter set sequence = 'pi' where id = 'letter-secret'`);
  const { status, said } = await detailOf('ch_1');
  expect(status.tone).toBe('open');
  expect(said).toBe('Failed in sl-main since 2026-11-21T06:02:00.000Z: secret; 1 message waits behind it; kinetic-main has 881');
  expect(status.clauses[0]?.parts.filter(({ kind }) => kind === 'list')).toEqual([
    { kind: 'list', text: 'Failed in sl-main', list: '/dead-letters/letter-secret' },
    { kind: 'list', text: '1 message waits behind it', list: '/dead-letters/parked' },
  ]);
});

it('says to whoever sees one ledger where it stands in that one', async () => {
  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target: 'kinetic-main' }] };
  const { status, said, money } = await detailOf('ch_1');
  expect([status.tone, said]).toEqual(['settled', 'In the ledger of kinetic-main as 881']);
  expect(money.ledgers.map(({ target }) => target)).toEqual(['kinetic-main']);
});

it('does not call open what a person skipped', async () => {
  await database.query(`update recon.dead_letter set state = 'closed', result = 'skipped' where id = 'letter-secret'`);
  expect((await detailOf('ch_1')).said).not.toContain('sl-main');
});

it('goes from gross to net over a refund to the payout, beside what the ledger has', async () => {
  await database.query(bookedRefund);
  const balance = new MovementRepository(database);
  await balance.add(movementsOf(movements).map((movement) => (movement.id === 'txn_2' ? { ...movement, source: null } : movement)));
  await balance.add(movementsOf(movements)); // read again: what it is about was not known before
  expect(await balance.payoutsToRead(5)).toEqual(['po_1']);
  await balance.recordMembers('po_1', ['txn_1', 'txn_2', 'txn_3']);
  expect(await balance.payoutsToRead(5)).toEqual([]);

  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target: 'kinetic-main' }] };
  const { said, money, documents } = await detailOf('ch_1');
  expect(said).toBe(
    'In the ledger of kinetic-main as 881; 25.00 USD refunded, booked as 118 in kinetic-main; Paid out on 2026-11-18T11:06:40.000Z in po_1',
  );
  expect(documents.map(({ number, eventId, link }) => [number, eventId, link])).toEqual([
    ['881', 'evt_1', 'https://erp.example.com/881'],
    ['118', 'evt_re', null],
  ]);
  expect(money.charge.kept?.text).toBe('75.00');
  expect(money.balance.map(({ lines, net }) => [lines.map(({ what, amount }) => `${what} ${amount.text}`), net.text])).toEqual([
    [['charged 100.00', 'fee -3.20', 'refunded -25.00'], '71.80'],
  ]);
  expect(money.payouts).toEqual([
    expect.objectContaining({ payoutId: 'po_1', movementId: 'txn_3', share: expect.objectContaining({ text: '71.80' }) as object }),
  ]);
  expect(money.ledgers.map(({ clearing, expected, difference }) => [clearing?.text, expected?.text, difference?.text])).toEqual([
    ['75.00', '75.00', '0.00'],
  ]);
});

it('takes the balance transaction of the fact until the balance was read', async () => {
  await database.query(`insert into recon.settlement (balance_transaction_id, charge_id, currency, gross, fee, net, category)
    values ('txn_1', 'ch_1', 'EUR', 9200, 300, 8900, 'charge')`);
  const { money } = await detailOf('ch_1');
  expect([money.conversion?.rate, money.balance[0]?.net.text, money.payouts]).toEqual(['0.920000', '89.00', []]);
  expect(money.balanceText).toContain('In no payout yet');
});

it('shows who decided what among the steps: orders about its letters, and releases of its groups', async () => {
  await database.query(`insert into recon.dead_letter_order (id, action, scope, criteria, reason, ordered_by, rate_per_second, total, targets, author, approver, approved_at, approval_reason)
    values ('ord_1', 'replay', 'one', '{}', 'the period is open', 'Ada', 10, 1, '{sl-main}', '{"name":"Ada"}', '{"name":"Bob"}', '2026-11-21T06:20:00Z', 'looked at')`);
  await database.query(`insert into recon.dead_letter_order_item (id, order_id, letter_id, lane, source_offset, state)
    values ('ord_1:letter-secret', 'ord_1', 'letter-secret', 'l', 1, 'pending')`);
  const decisionsOf = async (): Promise<(readonly [string, string | undefined])[]> =>
    (await detailOf('ch_1')).steps
      .filter(({ stage }) => stage === 'decision')
      .map(({ title, evidence }) => [title, evidence?.kind] as const);
  await database.query(`update recon.dead_letter_order set ordered_at = '2026-11-21T06:10:00Z'`);
  expect(await decisionsOf()).toEqual([
    ['Ada ordered to try it again', 'order'],
    ['Bob approved the order', 'order'],
  ]);
  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target: 'kinetic-main' }] };
  expect(await decisionsOf()).toEqual([]);
});

it('tells the rule of a document with its version, once that is recorded', async () => {
  await database.query(`update recon.document set flow = 'receipts', mapping_version = 'v1' where request_id = 'req_1'`);
  const rules = (await detailOf('ch_1')).documents.map(({ postingKey, rule }) => [
    postingKey,
    rule?.flow,
    rule?.mappingVersion,
    rule?.text?.slice(0, 28),
  ]);
  expect(rules).toEqual([
    ['kinetic-main/cash-receipt/ch_1', 'receipts', 'v1', 'The rules were changed since'],
    ['sl-main/cash-receipt/ch_1', undefined, undefined, undefined],
  ]);
});
