import { report } from './report.js';
import { median, quantile, ratios } from './statistics.js';
import type { BenchResult } from './result.js';

const result = (samples: readonly number[], reached: boolean): BenchResult => ({
  commit: 'abc1234',
  date: '2026-11-21',
  machine: '2 cores, Node 24',
  quick: false,
  rows: [
    {
      row: 'ingest',
      says: 'how fast',
      measures: [{ what: 'answered', subject: 'ingest', unit: 'requests/s', samples: [900, 1_100, 1_000] }],
      goals: [{ what: 'over the peer', goal: 'at least 1.2', samples, reached }],
      notes: ['Not measured: no compiler'],
    },
  ],
});

it('shows least, middle and most of every goal and figure, and what was not measured', () => {
  const text = report([result([1.5, 1.25, 1.3], true)]);
  expect(text).toContain('1 of 1 goals reached.');
  expect(text).toContain('| over the peer | at least 1.2 | 1.25 | 1.30 | 1.50 | yes |');
  expect(text).toContain('| answered | ingest | requests/s | 900 | 1000 | 1100 | 3 |');
  expect(text).toContain('- Not measured: no compiler');
});

it('hides no goal that was missed', () => {
  expect(report([result([0.9], false)])).toContain('| 0.900 | 0.900 | 0.900 | **no** |');
});

it('says how to get figures when there are none', () => {
  expect(report([])).toContain('npm run bench');
});

it('compares pair by pair, so that a slow minute of the machine hits both', () => {
  expect(ratios([10, 4], [5, 2])).toEqual([2, 2]);
});

it('takes the middle and the nearest rank', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
});
