import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';

interface Row {
  readonly situation: string;
  readonly file: string;
  readonly test: string;
}

/** The table rows of the page: `| situation | does | shown | `path`: name of the test |`. */
function rowsOf(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (situation|-+) /.test(line))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      const [, file = '', test = ''] = /^`([^`]+)`: (.+)$/.exec(cells.at(-2) ?? '') ?? [];
      return { situation: cells[1] ?? '', file, test };
    });
}

/** Rows whose test is not there: no such file, or no test of that name in it. */
function untested(rows: readonly Row[], read: (file: string) => string | undefined): string[] {
  return rows.filter(({ file, test }) => !names(read(file), test)).map(({ situation, file, test }) => `${situation}: ${file}: ${test}`);
}

function names(source: string | undefined, test: string): boolean {
  if (source === undefined || test === '') return false;
  return [`'${test}'`, `"${test}"`, `\`${test}\``, `'${test.replaceAll("'", "\\'")}'`].some((literal) => source.includes(literal));
}

const read = (file: string): string | undefined => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);
const page = readFileSync(join(root, 'docs/what-happens-when.md'), 'utf8');

it('names a test that exists for every situation', () => {
  // A test was renamed or removed: write its new name, or the test that shows the situation now, into docs/what-happens-when.md.
  expect(untested(rowsOf(page), read)).toEqual([]);
});

it('has a row for about every situation that is asked for, each once', () => {
  const situations = rowsOf(page).map(({ situation }) => situation);
  expect(situations.length).toBeGreaterThanOrEqual(40);
  expect(new Set(situations).size).toBe(situations.length);
});

it.each([
  ['a test that is not there', '| a | b | c | `x.spec.ts`: is gone |'],
  ['a file that is not there', '| a | b | c | `y.spec.ts`: is there |'],
  ['a row without a test', '| a | b | c | none |'],
])('is turned red by %s', (_name, row) => {
  const source = (file: string): string | undefined => (file === 'x.spec.ts' ? "it('is there', () => {})" : undefined);
  expect(untested(rowsOf('| a | b | c | `x.spec.ts`: is there |'), source)).toEqual([]);
  expect(untested(rowsOf(row), source)).toHaveLength(1);
});
