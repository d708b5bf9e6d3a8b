import type { AuditPage } from '@tributary/contracts';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../../testing/recon-database.js';
import { AuditTrail } from '../emit/audit-trail.js';
import { verifyAudit } from '../emit/verify-audit.js';
import { AuditController } from './audit.controller.js';
import { LogLevelDeedController } from './log-level-deed.controller.js';

let database: DataSource;
let app: NestFastifyApplication;
let caller: Identity = localIdentity;

afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  const module = await Test.createTestingModule({
    controllers: [AuditController, LogLevelDeedController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      AuditTrail,
      { provide: DataSource, useValue: database },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
}, 120_000);

const aReport = { subject: 'person:1', name: 'Ada', action: 'sign-in.succeeded', object: 'person:1', address: '10.0.0.7' };
const report = async (change: object): Promise<{ status: number; body: { message?: string; sequence?: string } }> => {
  const answer = await app.inject({ method: 'POST', url: '/audit', payload: { ...aReport, ...change } });
  return { status: answer.statusCode, body: answer.json() };
};
const list = async (query: string): Promise<AuditPage> => (await app.inject({ method: 'GET', url: `/audit?${query}` })).json();

it('takes what the console reports, and lists it newest first, page by page, by subject, object, action and time', async () => {
  for (let n = 1; n <= 5; n += 1) expect((await report({ details: { n } })).body.sequence).toBe(String(n));
  await report({ subject: 'person:2', action: 'grant.changed', object: 'person:1', details: { role: 'approver', target: 'sl-main' } });
  const first = await list('subject=person:1&limit=3');
  expect(first.rows.map(({ sequence }) => sequence)).toEqual(['5', '4', '3']);
  const second = await list(`subject=person:1&limit=3&after=${first.next}`);
  expect([second.rows.map(({ details }) => details), second.next]).toEqual([[{ n: 2 }, { n: 1 }], null]);
  expect((await list('action=grant.changed')).rows).toMatchObject([{ subject: 'person:2', object: 'person:1', address: '10.0.0.7' }]);
  expect((await list('object=person:1&to=2020-01-01T00:00:00Z')).rows).toEqual([]);
  expect((await list('from=2020-01-01T00:00:00Z')).rows).toHaveLength(6);
});

it.each([
  ['an order, which only recon makes', { action: 'order.approved' }, /action/],
  ['a name with an override of direction', { name: 'Ada\u202eeve' }, /name: the character U\+202E at place 4/],
  ['a reason with an escape sequence', { reason: 'ok\u001b[2K' }, /reason: the character U\+001B at place 3/],
  ['details without an end', { details: { text: 'x'.repeat(20_000) } }, /details: at most 16384/],
  ['a field that is not known', { sequence: '1' }, /sequence/],
])('refuses %s', async (_what, change, message) => {
  const { status, body } = await report(change);
  expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
});

it('lists rows about a target to whoever has a role for it, and those about none or several to all', async () => {
  for (const [n, target] of ['kinetic-main', 'sl-main', null].entries())
    await report({ subject: 'person:9', object: `group:${n}`, action: 'group.released', target });
  const seen = async (grant: string): Promise<(string | null)[]> => {
    caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target: grant }] };
    return (await list('subject=person:9')).rows.map(({ target }) => target);
  };
  try {
    expect([await seen('*'), await seen('sl-main')]).toEqual([
      [null, 'sl-main', 'kinetic-main'],
      [null, 'sl-main'],
    ]);
  } finally {
    caller = localIdentity;
  }
});

it('records a report once, however often and at whatever time its id comes, and the chain stays whole', async () => {
  const id = '0b9f3b52-5a3c-4a4e-9d0e-7d3f5f0f6c11';
  caller = { subject: 'service:console', name: 'console', grants: [] };
  try {
    const answers = await Promise.all(Array.from({ length: 8 }, () => report({ id, object: 'person:once' })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.sequence)).size).toBe(1);
    expect((await report({ id, object: 'person:once' })).body).toEqual(answers[0]?.body);
    // The same id of another service is another report.
    caller = { subject: 'service:erp-sink', name: 'erp-sink', grants: [] };
    expect((await report({ id, action: 'group.release-ordered', object: 'group:once' })).status).toBe(201);
  } finally {
    caller = localIdentity;
  }
  expect((await list('object=person:once')).rows).toHaveLength(1);
  expect((await list('object=group:once')).rows).toHaveLength(1);
  expect((await verifyAudit(database.manager, { anchors: [], unreadable: [] })).finding).toBeUndefined();
});

it.each([
  ['service:erp-sink', 'sign-in.refused'],
  ['service:erp-sink', 'grant.changed'],
  ['service:console', 'group.release-ordered'],
])('takes from %s no report about %s, which another service decides', async (subject, action) => {
  caller = { subject, name: subject, grants: [] };
  try {
    expect((await report({ action })).status).toBe(403);
  } finally {
    caller = localIdentity;
  }
});

describe('a change of the level of a log that ingest or transform is asked for', () => {
  const details = { level: { before: 'info', after: 'debug' }, forMinutes: 10, until: '2026-11-30T03:10:00.000Z', host: 'ingest-0' };
  const deed = { service: 'ingest', reason: 'acknowledgements are slow', details: { ...details, logger: 'kafka' } };
  const recordAs = async (as: Identity, change: object = {}): Promise<number> => {
    caller = as;
    try {
      return (await app.inject({ method: 'POST', url: '/audit/log-levels', payload: { ...deed, ...change } })).statusCode;
    } finally {
      caller = localIdentity;
    }
  };
  const engineer: Identity = { subject: 'person:7', name: 'Grace', grants: [{ role: 'engineer', target: '*' }] };

  it('is recorded in the name of who asks, and of nobody else', async () => {
    expect(await recordAs(engineer)).toBe(201);
    expect((await list('subject=person:7')).rows).toMatchObject([
      { name: 'Grace', action: 'log-level.changed', object: 'log:ingest', target: null, reason: deed.reason, details: deed.details },
    ]);
    expect(await recordAs(engineer, { subject: 'person:8' })).toBe(400);
  });

  it.each([
    ['of one target', { ...engineer, grants: [{ role: 'engineer', target: 'sl-main' }] }, {}, 403],
    ['a service, which is nobody', { subject: 'service:erp-sink', name: 'erp-sink', grants: [] }, {}, 403],
    ['of a service that reports by itself', engineer, { service: 'erp-sink' }, 400],
    ['without a reason', engineer, { reason: ' ' }, 400],
    ['with a level that is none', engineer, { details: { ...details, level: { before: 'info', after: 'loud' } } }, 400],
    ['with a name that hides', engineer, { details: { ...details, host: 'ingest\u202e0' } }, 400],
  ] as const)('is not recorded %s', async (_what, as, change, status) => {
    expect(await recordAs(as as Identity, change)).toBe(status);
  });
});
