import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { isTest, readChecks, staleRows } from './checks.js';
import { checksOfRepository, countTests, stateOf } from './report.js';

const read = (file: string): string | undefined =>
  existsSync(join(workspaceRoot, file)) ? readFileSync(join(workspaceRoot, file), 'utf8') : undefined;
const check = { id: 1, name: 'A', asvs: [], holds: 'It holds.', tests: [{ file: 'a.spec.ts', test: 'refuses %s' }] };
const seed = { hole: 'none is refused', file: 'a.ts', find: 'if (bad)', replace: 'if (false)' };

it('names 28 checks, tests that are there, and holes that can be opened', () => {
  const checks = checksOfRepository();
  expect(checks).toHaveLength(28);
  expect(staleRows(checks, read)).toEqual([]);
});

it('finds a test that is gone and a hole that cannot be opened any more', () => {
  const checks = readChecks({ checks: [{ ...check, seeds: [seed] }] });
  expect(staleRows(checks, () => undefined)).toEqual([
    'check 1: a.spec.ts has no test "refuses %s"',
    'check 1: a.ts has the text of a seed 0 times: if (bad)',
  ]);
  expect(staleRows(checks, (file) => (file === 'a.ts' ? 'if (bad) if (bad)' : `it('refuses %s')`))).toEqual([
    'check 1: a.ts has the text of a seed 2 times: if (bad)',
  ]);
});

it.each([
  ['without tests and without what is missing', { ...check, tests: [] }],
  ['with tests that nothing turns red', check],
  ['with a hole for a test that it does not have', { ...check, seeds: [{ ...seed, fails: 1 }] }],
  ['out of order', { ...check, id: 2, seeds: [seed] }],
])('refuses a check %s', (_what, row) => {
  expect(() => readChecks({ checks: [row] })).toThrow();
});

it('finds the cases of a test by its title', () => {
  expect(isTest('refuses %s', 'refuses a.b (c)')).toBe(true);
  expect(isTest('refuses %s', 'accepts a')).toBe(false);
  expect(isTest('a+ (b)', 'aa (b)')).toBe(false);
});

it('is proven only when every test passed and every hole was noticed', () => {
  const [one] = readChecks({ checks: [{ ...check, seeds: [seed] }] });
  if (!one) throw new Error('no check');
  const ran = [{ file: 'a.spec.ts', title: 'refuses x', passed: true }];
  expect(countTests(one, ran)).toEqual({ passed: 1, tests: 1 });
  expect(countTests(one, [])).toEqual({ passed: 0, tests: 1 });
  const result = { id: 1, passed: 1, tests: 1, red: 1, holes: 1 };
  expect(stateOf(one, result)).toBe('proven');
  expect(stateOf(one, { ...result, passed: 0 })).toBe('failed');
  expect(stateOf(one, { ...result, red: 0 })).toBe('failed');
  expect(stateOf({ ...one, missing: 'x' }, result)).toBe('in part');
});
