import { isProven, rowsOf, rowText } from './report.js';
import type { MutantReport } from './report.js';

const file = (connector: string, statuses: readonly string[]) => ({
  name: `/project/libs/connectors/${connector}/test/conformance.int-spec.ts`,
  assertionResults: statuses.map((status) => ({ status })),
});
const seeded = (name: string, caught: number): MutantReport => ({ name, mutants: 20, caught, survivors: caught < 20 ? ['a bug'] : [] });

it('has a row per connector, with its cases and its seeded bugs', () => {
  const mutantRun = { name: '/project/libs/connectors/rest/test/mutants.int-spec.ts', assertionResults: [{ status: 'passed' }] };
  const rows = rowsOf({ testResults: [file('rest', ['passed', 'passed']), mutantRun, file('another', ['passed'])] }, [
    seeded('rest', 19),
    seeded('another', 20),
  ]);
  expect(rows.map(rowText)).toEqual([
    'ok     another          cases 1 of 1 passed, seeded bugs 20 of 20 noticed',
    'ok     rest             cases 2 of 2 passed, seeded bugs 19 of 20 noticed\n         survived: a bug',
  ]);
});

it.each([
  ['a case fails', ['passed', 'failed'], [seeded('rest', 20)]],
  ['a case is skipped', ['passed', 'pending'], [seeded('rest', 20)]],
  ['no case ran', [], [seeded('rest', 20)]],
  ['too many bugs survive', ['passed'], [seeded('rest', 17)]],
  ['no bug was seeded', ['passed'], []],
])('is not proven when %s', (_, statuses, mutants) => {
  expect(rowsOf({ testResults: [file('rest', statuses)] }, mutants).map(isProven)).toEqual([false]);
});
