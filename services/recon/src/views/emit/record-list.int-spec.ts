import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { startStack } from '@tributary/local-stack';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../../migrations/index.js';
import { OverviewRepository } from './overview.repository.js';
import { readBothWays as all } from '../../testing/both-ways.js';
import { RecordListRepository } from './record-list.repository.js';
import { ViewRepository } from './view.repository.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let dataSource: DataSource;
let lists: RecordListRepository;
let views: ViewRepository;

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  dataSource = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(dataSource);
  lists = new RecordListRepository(dataSource);
  views = new ViewRepository(dataSource);
}, 120_000);
afterAll(async () => {
  await dataSource?.destroy();
  await stack?.stop();
});

const states = ['inFlight', 'posted', 'ignored', 'held', 'deadLettered'] as const;
const anEvent = fc.record({
  state: fc.constantFrom(...states),
  reason: fc.constantFrom(null, 'no-flow', 'skipped', 'target.closed'),
  deliveries: fc.integer({ min: 0, max: 3 }),
  second: fc.integer({ min: 0, max: 2 }), // many rows have the same time, so that the id decides
});

it('has in the lists of events what the figures count, in pages without gaps and repeats', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anEvent, { maxLength: 12 }), async (made) => {
      await dataSource.query('truncate recon.event');
      for (const [index, event] of made.entries()) {
        await dataSource.query(
          `insert into recon.event (event_id, type, state, reason, deliveries, first_received_at)
           values ($1, 'charge.succeeded', $2, $3, $4, '2026-11-21T06:00:00.000123Z'::timestamptz + $5 * interval '1 second')`,
          [`evt_${index}~'`, event.state, event.reason, event.deliveries, event.second],
        );
      }
      const counts = await views.counts();
      const everything = await all((page) => lists.events({}, page));
      expect(everything.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(counts.accepted);
      expect(new Set(everything.map(({ eventId }) => eventId)).size).toBe(everything.length);

      for (const state of states) {
        const rows = await all((page) => lists.events({ state }, page));
        const figure = rows.reduce((sum, row) => sum + (row.state === state ? 1 : 0) + (state === 'ignored' ? row.deliveries - 1 : 0), 0);
        expect(figure).toBe(counts[state]);
      }
      for (const [reason, figure] of Object.entries(counts.ignoredBy)) {
        const rows = await all((page) => lists.events({ state: 'ignored', reason }, page));
        expect(rows.reduce((sum, row) => sum + (reason === 'duplicate' ? row.deliveries - 1 : 1), 0)).toBe(figure);
      }
    }),
    { numRuns: 25 },
  );
});

it('has in the lists of canonical events and posting requests what the stages count', async () => {
  const results = ['posted', 'released', 'updated', 'duplicate', 'rejected', null];
  for (const [index, result] of [...results, ...results].entries()) {
    const metadata = index >= results.length;
    await dataSource.query(`insert into recon.fact (canonical_id, event_id, type) values ($1, $2, $3)`, [
      `fact_${index}`,
      `evt_${index}`,
      index % 4 === 0 ? 'erp.posting-concluded' : 'ar.payment-received',
    ]);
    await dataSource.query(
      `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result) values ($1, $2, $3, $4, $5, $6, now(), $7)`,
      [
        `req_${index}`,
        `fact_${index}`,
        `evt_${index}`,
        `key_${index}`,
        metadata ? 'stripe-main' : 'kinetic-main',
        metadata ? 'metadata' : 'cash-receipt',
        result,
      ],
    );
  }
  const { stages } = await views.stages();
  const total = (name: string): number | undefined => stages.find((stage) => stage.name === name)?.total;
  expect((await all((page) => lists.canonicalEvents(page))).length).toBe(total('canonical'));
  expect((await all((page) => lists.postings({}, page))).length).toBe(total('requested'));
  const documents = await all((page) => lists.postings({ target: 'kinetic-main', written: 'documents' }, page));
  const metadata = await all((page) => lists.postings({ target: 'stripe-main', written: 'metadata' }, page));
  expect(documents.map(({ result }) => result).sort()).toEqual(['posted', 'released', 'updated']);
  expect(metadata.map(({ kind }) => kind)).toEqual(['metadata', 'metadata', 'metadata']);
  expect(documents.length + metadata.length).toBe(total('posted'));
  // A document that was changed later counts once.
  await dataSource.query(
    `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result)
     values ('req_later', 'fact_0', 'evt_0', 'key_0', 'kinetic-main', 'cash-receipt', now() + interval '1 second', 'updated')`,
  );
  const { written } = await new OverviewRepository(dataSource).overview();
  for (const [target, figures] of Object.entries(written)) {
    expect((await all((page) => lists.postings({ target, written: 'documents' }, page))).length).toBe(figures.documents);
    expect((await all((page) => lists.postings({ target, written: 'metadata' }, page))).length).toBe(figures.metadata);
  }
  expect(written).toEqual({ 'kinetic-main': { documents: 3, metadata: 0 }, 'stripe-main': { documents: 0, metadata: 3 } });
  expect(await all((page) => lists.postings({ target: 'kinetic-main', written: 'metadata' }, page))).toEqual([]);
});
