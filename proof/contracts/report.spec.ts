import { isProven, linesOf } from './report.js';
import type { JestResults, RoundTrip } from './report.js';

const passed = { fullName: 'is decoded by Java', status: 'passed' };
const results = (...assertionResults: JestResults['testResults'][number]['assertionResults']): JestResults[] => [
  { testResults: [{ name: 'random-records.int-spec.ts', message: 'a port was taken', assertionResults }] },
];
const roundTrip: RoundTrip = { schemas: 3, recordsPerSchema: 1_000, equal: { Java: 3_000, Python: undefined } };

it('is proven when every test passed and every reader that is there decoded every record', () => {
  expect(isProven(results(passed), roundTrip)).toBe(true);
  expect(linesOf(results(passed), roundTrip)).toEqual([
    'ok     is decoded by Java',
    'ok     Java: 3000 of 3000 records equal what was published (3 schemas x 1000)',
    'skipped Python: it is not on this machine',
    '1 passed, 0 failed',
  ]);
});

it('is not proven by a record that differs, a test that failed, a file that did not run, or nothing published', () => {
  expect(isProven(results(passed), { ...roundTrip, equal: { Java: 2_999 } })).toBe(false);
  const failed = { fullName: 'reads every message once', status: 'failed', failureMessages: ['found 7 of 8'] };
  expect(isProven(results(passed, failed), roundTrip)).toBe(false);
  expect(linesOf(results(passed, failed), roundTrip)).toContain('       found 7 of 8');
  expect(isProven(results(), roundTrip)).toBe(false);
  expect(linesOf(results(), roundTrip)).toContain('not ok random-records.int-spec.ts did not run: a port was taken');
  expect(isProven(results(passed), undefined)).toBe(false);
  expect(isProven([{ testResults: [] }], roundTrip)).toBe(false);
});
