import { report } from './report.js';
import type { RebuildRun } from './results.js';

const run: RebuildRun = {
  commit: 'abc',
  date: '2026-11-21',
  machine: '2 cores, Node 24.0.0',
  postings: 100_000,
  documents: 100_000,
  measured: [
    {
      what: 'ledger',
      records: 361_000,
      resumed: 0,
      tookMs: 61_234,
      maxRssMiB: 200,
      before: 'a'.repeat(64),
      after: 'a'.repeat(64),
      says: 'fine',
    },
  ],
};

it('shows size, time and that the digests are equal', () => {
  expect(report([run])).toContain('| ledger | 361,000 | 61.2 | 200 | equal (aaaaaaaaaaaa) | fine |');
});

it('shows a digest that changed', () => {
  const [one] = run.measured;
  const changed = { ...run, measured: one ? [{ ...one, after: 'b'.repeat(64), resumed: 5 }] : [] };
  expect(report([changed])).toContain('**aaaaaaaaaaaa became bbbbbbbbbbbb**');
  expect(report([changed])).toContain('361,000, 5 of them before the kill');
});

it('says what to run when nothing is recorded', () => {
  expect(report([])).toContain('npm run proof:rebuild -- --record');
});
