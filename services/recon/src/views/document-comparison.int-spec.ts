import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import type { DocumentComparisons } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DocumentComparisonController } from './accept/document-comparison.controller.js';
import { DocumentComparisonRepository } from './emit/document-comparison.repository.js';
import { PaymentRepository } from './emit/payment.repository.js';

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
    controllers: [DocumentComparisonController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      DocumentComparisonRepository,
      { provide: DataSource, useValue: database },
    ],
  })
  class HttpModule {}
  app = await NestFactory.create(HttpModule, new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
}, 120_000);
beforeEach(() => database.query('truncate recon.document, recon.ledger_effect, recon.capture, recon.payment, recon.payment_news'));

const line = { role: 'FEE', account: '6210', currency: 'USD', debit: '320', credit: null };

async function document(id: string, state: string, minute: number, effect: readonly object[] = [line]): Promise<void> {
  const key = `erp-main/journal/${id}`;
  await database.query(
    `insert into recon.document (request_id, posting_key, canonical_id, event_id, target, kind, shape, lines, effect, balanced, requested_at)
     values ($1, $2, 'f', $3, 'erp-main', 'journal', 's', '[]', $4, true, now())`,
    [`req-${id}`, key, `evt-${id}`, JSON.stringify(effect)],
  );
  await database.query(
    `insert into recon.ledger_effect (posting_key, target, kind, state, text, entries, checked_at) values ($1, 'erp-main', 'journal', $2, $3, $4, $5)`,
    [key, state, `text of ${id}`, JSON.stringify([{ ...line, role: '', account: '6990' }]), new Date(Date.UTC(2026, 10, 21, 7, minute))],
  );
}

async function list(query: string): Promise<DocumentComparisons & { status: number; keys: string[] }> {
  const response = await fetch(`${origin}/reconciliation/documents${query}`);
  const body = (await response.json()) as DocumentComparisons;
  return { ...body, status: response.status, keys: body.documents?.map(({ postingKey }) => postingKey.split('/')[2] ?? '') ?? [] };
}

it('lists the newest reading first, counts every state, and pages without losing or repeating one', async () => {
  for (const [minute, id] of ['a', 'b', 'c', 'd'].entries()) await document(id, id === 'a' ? 'missing' : 'different', minute % 2);
  await document('m', 'matched', 5);
  await document('none', 'notCompared', 6, []); // moves no money: nothing to compare
  expect((await list('')).keys).toEqual(['m', 'd', 'b', 'c', 'a']);
  expect((await list('')).summary).toEqual({ matched: 1, different: 3, missing: 1, pending: 0, notCompared: 0 });
  const first = await list('?state=open&limit=3');
  const second = await list(`?state=open&limit=3&after=${encodeURIComponent(first.next ?? '')}`);
  expect([first.keys, second.keys, second.next]).toEqual([['d', 'b', 'c'], ['a'], null]);
  expect((await list('?state=different&target=other')).keys).toEqual([]);
});

it.each(['?state=odd', '?limit=0', '?after=yesterday', '?target=%00'])('refuses %s', async (query) => {
  expect((await list(query)).status).toBe(400);
});

it('names the charge of a document, whether its event reported the payment or what came later', async () => {
  for (const id of ['pay', 'refund', 'payout']) await document(id, 'different', 1);
  await database.query(
    `insert into recon.payment (charge_id, payment_id, canonical_id, event_id, minor, currency, received_at) values ('ch_1', 'pi_1', 'f', 'evt-pay', 1, 'USD', now())`,
  );
  await database.query(
    `insert into recon.payment_news (fact_id, event_id, charge_id, kind, object_id, at, minor, currency, inquiry)
     values ('f2', 'evt-refund', 'ch_1', 'refund', 're_1', now(), 1, 'USD', false)`,
  );
  await database.query(
    `insert into recon.capture (id, charge_id, part, known, event_id, received_at, state, standing) values ('ch_1', 'ch_1', '', true, 'evt-pay', now(), 'posted', 'inLedger')`,
  );
  const { documents } = await list('');
  expect(documents.map(({ postingKey, chargeId }) => [postingKey, chargeId])).toEqual([
    ['erp-main/journal/refund', 'ch_1'],
    ['erp-main/journal/payout', null],
    ['erp-main/journal/pay', 'ch_1'],
  ]);
  const detail = await new PaymentRepository(database).detail('ch_1');
  expect(detail?.documents.map(({ ledger }) => ledger)).toEqual([
    expect.objectContaining({ state: 'different', text: 'text of pay', entries: [expect.objectContaining({ role: '', account: '6990' })] }),
    expect.objectContaining({ state: 'different', text: 'text of refund' }),
  ]);
});

it('lists and counts the documents of the targets that somebody has a role for', async () => {
  await document('a', 'different', 1);
  const seen = async (target: string): Promise<unknown> => {
    caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target }] };
    const { keys, summary } = await list('');
    return [keys, summary.different];
  };
  try {
    expect([await seen('*'), await seen('erp-main'), await seen('sl-main')]).toEqual([
      [['a'], 1],
      [['a'], 1],
      [[], 0],
    ]);
  } finally {
    caller = localIdentity;
  }
});
