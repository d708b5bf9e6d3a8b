import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { anchorsIn } from './decide/anchor.js';
import type { Anchor } from './decide/anchor.js';
import { auditHash } from './decide/audit-row.js';
import type { AuditEntry, AuditRow } from './decide/audit-row.js';
import type { ChainFinding } from './decide/chain-finding.js';
import { appendAudit } from './emit/append-audit.js';
import { AuditAnchorWorker } from './emit/audit-anchor.worker.js';
import { readAuditRows } from './emit/audit-rows.js';
import { AuditTrail } from './emit/audit-trail.js';
import { insertAuditRows } from './emit/audit-writer.js';
import { verifyAudit } from './emit/verify-audit.js';

let database: DataSource;
let trail: AuditTrail;

afterAll(async () => {});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  trail = new AuditTrail(database);
}, 120_000);

const entry = (n: number): AuditEntry => ({
  subject: `person:${n % 5}`,
  name: 'Ada',
  action: 'order.made',
  object: `order:ord_${n}`,
  target: n % 2 === 0 ? 'kinetic-main' : null,
  reason: `period ${n} is open again`,
  details: { letters: n, money: [{ minor: String(n), currency: 'USD' }] },
  address: '127.0.0.1',
});
const rows = async (manager: Pick<EntityManager, 'query'> = database): Promise<AuditRow[]> => {
  const all: AuditRow[] = [];
  for await (const row of readAuditRows(manager)) all.push(row);
  return all;
};

it('gives twenty writers at once one chain without gaps', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => trail.record(entry(n))));
  const written = await rows();
  expect(written.map(({ sequence }) => sequence)).toEqual(written.map((_, n) => BigInt(n + 1)));
  expect(written.length).toBe(40);
  const { finding, unprotected } = await verifyAudit(database.manager, { anchors: [], unreadable: [] });
  expect([finding, unprotected]).toEqual([undefined, []]);
});

it('leaves no gap when a transaction that appended is rolled back', async () => {
  const before = await rows();
  await expect(
    database.transaction(async (manager) => {
      await appendAudit(manager, entry(99));
      throw new Error('the order was refused');
    }),
  ).rejects.toThrow('refused');
  const row = await trail.record(entry(100));
  expect(row.sequence).toBe(BigInt(before.length + 1));
});

it.each([
  `update recon.audit set reason = 'another' where sequence = 1`,
  'delete from recon.audit where sequence = 1',
  'truncate recon.audit',
])('refuses %s, also to the owner', async (statement) => {
  await expect(database.query(statement)).rejects.toThrow('only appended to');
});

it.each([`update recon.audit set reason = 'x'`, 'delete from recon.audit', 'truncate recon.audit'])(
  'gives the role that appends no right to %s, whatever triggers there are',
  async (statement) => {
    const attempt = database.transaction(async (manager) => {
      await manager.query('alter table recon.audit disable trigger user');
      await manager.query('set local role tributary_audit_writer');
      await manager.query(statement);
    });
    await expect(attempt).rejects.toThrow('permission denied');
  },
);

/** One tampering: what it does to the rows, and what has to be said about it. */
interface Deed {
  readonly name: string;
  /** @param k a row, counted from 1, neither the first nor the last; @param m a later row. @returns the rows as they are afterwards. */
  apply(rows: readonly AuditRow[], k: number, m: number): AuditRow[];
  isNamed(finding: ChainFinding, k: number, m: number): boolean;
}

const at = (kind: ChainFinding['kind'], place: (k: number, m: number) => number): Deed['isNamed'] => {
  return (finding, k, m) => finding.kind === kind && finding.sequence === BigInt(place(k, m));
};
const withHash = (row: AuditRow): AuditRow => ({ ...row, hash: auditHash(row) });
const numbered = (all: readonly AuditRow[]): AuditRow[] => all.map((row, n) => ({ ...row, sequence: BigInt(n + 1) }));
const rehashed = (all: readonly AuditRow[], from: number): AuditRow[] => {
  const out = all.slice(0, from);
  for (const row of all.slice(from)) {
    const last = out.at(-1);
    out.push(withHash({ ...row, sequence: BigInt(out.length + 1), previous: last?.hash ?? '0'.repeat(64) }));
  }
  return out;
};
const edited = (all: readonly AuditRow[], k: number, change: Partial<AuditRow>): AuditRow[] =>
  all.map((row, n) => (n === k - 1 ? { ...row, ...change } : row));
const columnChange = (change: Partial<AuditRow>, what: string): Deed => ({
  name: `another ${what}`,
  apply: (all, k) => edited(all, k, change),
  isNamed: at('changed', (k) => k),
});
const isWithin = (finding: ChainFinding, k: number): boolean =>
  finding.kind === 'rewritten' && finding.sequence <= BigInt(k) && finding.until >= BigInt(k);
const forged: AuditRow = { ...entry(7), sequence: 0n, at: '2026-11-28T09:00:00.000001Z', details: '{"letters":1}', previous: '', hash: '' };

const deeds: readonly Deed[] = [
  columnChange({ at: '2026-11-28T09:00:00.000001Z' }, 'time'),
  columnChange({ subject: 'person:999' }, 'subject'),
  columnChange({ name: 'Eve' }, 'name'),
  columnChange({ action: 'order.refused' }, 'action'),
  columnChange({ object: 'order:ord_other' }, 'object'),
  columnChange({ target: 'sl-main' }, 'target'),
  columnChange({ reason: null }, 'reason'),
  columnChange({ details: '{"letters":0}' }, 'details'),
  columnChange({ address: '10.0.0.9' }, 'address'),
  columnChange({ hash: 'f'.repeat(64) }, 'hash'),
  columnChange({ previous: 'f'.repeat(64) }, 'hash before it'),
  {
    name: 'a change with a new hash of the row alone',
    apply: (all, k) => all.map((row, n) => (n === k - 1 ? withHash({ ...row, reason: 'another' }) : row)),
    isNamed: at('changed', (k) => k),
  },
  { name: 'a removal', apply: (all, k) => all.filter((_, n) => n !== k - 1), isNamed: at('removed', (k) => k) },
  { name: 'a removal of several', apply: (all, k, m) => all.filter((_, n) => n < k - 1 || n >= m), isNamed: at('removed', (k) => k) },
  {
    name: 'a removal with later rows numbered anew',
    apply: (all, k) => numbered(all.filter((_, n) => n !== k - 1)),
    isNamed: at('removed', (k) => k),
  },
  {
    name: 'a forged row in between, with a hash of its own',
    apply: (all, k) => {
      const row = withHash({ ...forged, sequence: BigInt(k), previous: all[k - 2]?.hash ?? '' });
      return numbered([...all.slice(0, k - 1), row, ...all.slice(k - 1)]);
    },
    isNamed: at('inserted', (k) => k),
  },
  {
    name: 'a forged row in between, with any hash',
    apply: (all, k) => numbered([...all.slice(0, k - 1), { ...forged, hash: 'a'.repeat(64) }, ...all.slice(k - 1)]),
    isNamed: at('inserted', (k) => k),
  },
  {
    name: 'a forged row before the first one',
    apply: (all) => [{ ...forged, sequence: 0n }, ...all],
    isNamed: at('inserted', () => 0),
  },
  {
    name: 'two rows that changed places',
    apply: (all, k, m) => numbered(all.map((row, n) => (n === k - 1 ? all[m - 1] : n === m - 1 ? all[k - 1] : row) as AuditRow)),
    isNamed: at('reordered', (k) => k),
  },
  {
    name: 'a row that was moved behind others',
    apply: (all, k, m) => numbered([...all.slice(0, k - 1), ...all.slice(k, m), all[k - 1] as AuditRow, ...all.slice(m)]),
    isNamed: at('reordered', (k) => k),
  },
  { name: 'an end that was cut off', apply: (all, k) => all.slice(0, k), isNamed: at('cut-off', (k) => k + 1) },
  { name: 'an empty table', apply: () => [], isNamed: at('cut-off', () => 1) },
  {
    name: 'a change with all later hashes computed again',
    apply: (all, k) => rehashed(edited(all, k, { name: 'Eve' }), k - 1),
    isNamed: isWithin,
  },
  {
    name: 'a removal with all later hashes computed again',
    apply: (all, k) =>
      rehashed(
        all.filter((_, n) => n !== k - 1),
        k - 1,
      ),
    isNamed: (finding, k) =>
      // Without an anchor between the row and the end, all that is known is that the end is missing.
      finding.kind === 'cut-off' ? finding.text.includes(`the rows ${k - ((k - 1) % 7)} to `) : isWithin(finding, k),
  },
];

/** Anchors after every seventh row and at the end. */
const anchorsOf = (all: readonly AuditRow[]): Anchor[] =>
  all
    .filter(({ sequence }, n) => sequence % 7n === 0n || n === all.length - 1)
    .map(({ sequence, hash }) => ({ sequence, hash, at: 'then' }));

/** What verification says when somebody with all rights has done the deed; everything is rolled back. */
async function whatIsSaid(changed: readonly AuditRow[], anchors: readonly Anchor[]): Promise<ChainFinding | undefined> {
  const runner = database.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query('alter table recon.audit disable trigger user; delete from recon.audit');
    if (changed.length > 0) await insertAuditRows(runner.manager, changed);
    return (await verifyAudit(runner.manager, { anchors, unreadable: [] })).finding;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

it('names the row of 1,000 of 1,000 random acts of tampering', async () => {
  const all = await rows();
  const anchors = anchorsOf(all);
  expect(await whatIsSaid(all, anchors)).toBeUndefined();
  let named = 0;
  const tampering = fc.tuple(
    fc.constantFrom(...deeds),
    fc.integer({ min: 2, max: all.length - 2 }),
    fc.integer({ min: 1, max: all.length }),
  );
  const isNamed = fc.asyncProperty(tampering, async ([deed, k, distance]) => {
    const m = Math.min(k + distance, all.length - 1);
    const finding = await whatIsSaid(deed.apply(all, k, m), anchors);
    if (!finding || !deed.isNamed(finding, k, m))
      throw new Error(
        `${deed.name} at row ${k}, ${m}: ${finding ? `${finding.kind} ${finding.sequence} to ${finding.until}` : 'nothing found'}`,
      );
    named += 1;
  });
  await fc.assert(isNamed, { numRuns: 1_000, endOnFailure: true });
  expect(named).toBe(1_000);
}, 300_000);

it('anchors after so many rows and at the end, survives a torn line, and does not go on after a cut', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'anchor-')), 'anchors');
  const settings = { path, everyRows: 3, everyMs: 3_600_000 };
  const worker = new AuditAnchorWorker(database, settings);
  await worker.round(settings);
  const first = anchorsIn(readFileSync(path, 'utf8')).anchors.at(-1);
  expect(first?.sequence).toBe(BigInt((await rows()).length));
  await trail.record(entry(1));
  await worker.round(settings);
  expect(anchorsIn(readFileSync(path, 'utf8')).anchors).toHaveLength(1);
  await trail.record(entry(2));
  await trail.record(entry(3));
  writeFileSync(path, '{"seq', { flag: 'a' });
  await worker.round(settings);
  const { anchors } = anchorsIn(readFileSync(path, 'utf8'));
  expect(anchors.map(({ sequence }) => sequence)).toEqual([first?.sequence, (first?.sequence ?? 0n) + 3n]);
  const { finding, anchoredUntil } = await verifyAudit(database.manager, { anchors, unreadable: [] });
  expect([finding, anchoredUntil]).toEqual([undefined, (first?.sequence ?? 0n) + 3n]);

  await database.query('alter table recon.audit disable trigger user');
  await database.query('delete from recon.audit where sequence = $1', [anchoredUntil]);
  expect((await verifyAudit(database.manager, { anchors, unreadable: [] })).unprotected).toHaveLength(2);
  await database.query('alter table recon.audit enable trigger user');
  await expect(worker.round(settings)).rejects.toThrow('audit verify');
});
