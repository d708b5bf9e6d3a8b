import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { AuditEntryView, AuditPage, AuditVerificationResult, AuditVerificationView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../../testing/recon-database.js';
import { appendAnchor } from '../emit/audit-anchor.js';
import { ANCHOR_SETTINGS } from '../emit/audit-anchor.worker.js';
import { AuditTrail } from '../emit/audit-trail.js';
import { AuditVerifier } from '../emit/audit-verifier.js';
import { verifyAudit } from '../emit/verify-audit.js';
import { AuditController } from './audit.controller.js';
import { AuditFileController } from './audit-file.controller.js';
import { AuditVerificationController } from './audit-verification.controller.js';

const anchorFile = join(mkdtempSync(join(tmpdir(), 'anchor-')), 'anchors');
let database: DataSource;
let trail: AuditTrail;
let app: NestFastifyApplication;
let caller: Identity = localIdentity;

afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  trail = new AuditTrail(database);
  const module = await Test.createTestingModule({
    controllers: [AuditVerificationController, AuditController, AuditFileController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: AuditTrail, useValue: trail },
      { provide: ANCHOR_SETTINGS, useValue: { path: anchorFile, everyRows: 1_000, everyMs: 1_000 } },
      { provide: DataSource, useValue: database },
      AuditVerifier,
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
}, 120_000);
afterEach(() => {
  caller = localIdentity;
});

const verification = async (): Promise<AuditVerificationView> => (await app.inject({ url: '/audit/verification' })).json();
const start = () => app.inject({ method: 'POST', url: '/audit/verification' });
const list = async (query: string): Promise<AuditPage> => (await app.inject({ url: `/audit?${query}` })).json();

/** Starts a verification and waits for its end. */
async function verified(): Promise<AuditVerificationView> {
  expect((await start()).statusCode).toBe(202);
  for (let tries = 0; tries < 200; tries += 1) {
    const view = await verification();
    if (!view.running) return view;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the verification does not end');
}
async function record(n: number, target: string | null = null): Promise<void> {
  const what = { action: 'order.made', object: `order:ord_${n}`, target, reason: n === 2 ? '=HYPERLINK("http://x.test")' : `because ${n}` };
  await trail.record({ subject: 'person:1', name: 'Ada', ...what, details: { n }, address: '127.0.0.1' });
}

it('says that nobody has verified it yet, then what was found, also after a restart', async () => {
  expect(await verification()).toEqual({ running: null, last: null, problem: null });
  for (let n = 1; n <= 5; n += 1) await record(n, n === 5 ? 'sl-main' : null);
  const [{ hash = '' } = {}] = (await list('limit=1')).rows;
  appendAnchor(anchorFile, { sequence: 5n, hash, at: '2026-11-21T06:00:00.000Z' });
  const { last, problem } = await verified();
  expect(problem).toBeNull();
  expect(last).toMatchObject({ whole: true, rows: '5', anchoredUntil: '5', finding: null, isProtected: true });
  expect(last?.sentences).toEqual(['The audit trail is whole: 5 rows.', 'Anchored to its end.']);
  const another = new AuditVerifier(database, trail, undefined);
  expect((await another.status()).last).toEqual(last);
  expect((await list('action=audit.verified')).rows).toMatchObject([{ subject: 'local', object: 'audit:trail', sequence: '6' }]);
});

it('runs one verification at a time, however often it is started', async () => {
  const before = (await list('action=audit.verified')).rows.length;
  const answers = await Promise.all(Array.from({ length: 6 }, start));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 202, 202, 202]);
  expect(answers.map((answer) => answer.json<AuditVerificationView>().running?.startedBy)).toContain(localIdentity.name);
  while ((await verification()).running) await new Promise((resolve) => setTimeout(resolve, 25));
  expect((await list('action=audit.verified')).rows).toHaveLength(before + 1);
});

it('does not run beside one of another process, and says so', async () => {
  const runner = database.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`select pg_advisory_xact_lock(hashtext('tributary audit verification'))`);
  const during = await verified();
  expect(during.problem).toMatch(/Another process of recon verifies/);
  await runner.rollbackTransaction();
  await runner.release();
  expect((await verified()).problem).toBeNull();
});

it('tells how far it is, and ends when recon ends', async () => {
  const rows = Array.from({ length: 2_100 }, (_, n) => n);
  await database.transaction(async (manager) => {
    const { appendAudit } = await import('../emit/append-audit.js');
    const entry = { subject: 'person:2', name: 'Lee', action: 'payload.read', object: 'letter:dl_1', target: null, reason: null };
    for (const n of rows) await appendAudit(manager, { ...entry, details: { n }, address: null });
  });
  const told: bigint[] = [];
  await verifyAudit(database.manager, { anchors: [], unreadable: [] }, (count) => told.push(count));
  expect(told).toEqual([1_000n, 2_000n]);
  const another = new AuditVerifier(database, trail, undefined);
  await another.start({ identity: localIdentity, address: null });
  await another.onApplicationShutdown();
  expect((await another.status()).problem).toMatch(/stopped before the verification was done/);
}, 60_000);

it('shows one entry with its hashes, to whoever may see its target', async () => {
  const entry = async (place: string): Promise<AuditEntryView> => (await app.inject({ url: `/audit/${place}` })).json();
  expect(await entry('2')).toMatchObject({ sequence: '2', details: { n: 2 }, fitsItsHash: true, followsTheRowBefore: true });
  expect(await entry('1')).toMatchObject({ previous: '0'.repeat(64), followsTheRowBefore: true });
  for (const place of ['0', '99999999', 'elsewhere', '1.5']) expect((await app.inject({ url: `/audit/${place}` })).statusCode).toBe(404);
  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target: 'kinetic-main' }] };
  expect((await app.inject({ url: '/audit/5' })).statusCode).toBe(404);
  expect((await app.inject({ url: '/audit/4' })).statusCode).toBe(200);
});

it('is read in both directions, and as a file that a spreadsheet runs nothing of', async () => {
  const first = await list('subject=person:1&limit=2');
  const second = await list(`subject=person:1&limit=2&after=${first.next}`);
  expect([first.previous, second.rows.map(({ sequence }) => sequence)]).toEqual([null, ['3', '2']]);
  expect((await list(`subject=person:1&limit=2&before=${second.previous}`)).rows).toEqual(first.rows);
  const file = await app.inject({ url: '/audit.csv?subject=person:1' });
  expect([file.statusCode, file.headers['content-disposition']]).toEqual([200, 'attachment; filename="audit.csv"']);
  const lines = file.body.trimEnd().split('\r\n');
  expect([lines.length, lines.at(-1)]).toEqual([7, '"end of the list","5 rows"']);
  expect(lines[4]).toContain(`"'=HYPERLINK(""http://x.test"")"`);
  const all = (await app.inject({ url: '/audit.csv?subject=person:2' })).body.trimEnd().split('\r\n');
  expect([all.length, all.at(-1)]).toEqual([2_102, '"end of the list","2100 rows"']);
  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target: 'kinetic-main' }] };
  expect((await app.inject({ url: '/audit.csv?subject=person:1' })).body).not.toContain('sl-main');
  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target: '*' }] };
  for (const url of ['/audit.csv', '/audit/1', '/audit/verification']) expect((await app.inject({ url })).statusCode).toBe(403);
  expect((await start()).statusCode).toBe(403);
});

it('names the first break in words, and shows that the entry is not as it was written', async () => {
  await database.query('alter table recon.audit disable trigger user');
  await database.query(`update recon.audit set reason = 'another' where sequence = 3`);
  const { last } = (await verified()) as { last: AuditVerificationResult };
  expect(last).toMatchObject({ whole: false, rows: '2', isProtected: false, finding: { kind: 'changed', sequence: '3' } });
  expect(last.sentences[0]).toMatch(/TAMPERED WITH \(changed\): row 3 was changed/);
  expect(await app.inject({ url: '/audit/3' }).then((answer) => answer.json<object>())).toMatchObject({ fitsItsHash: false });
});
