import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Recorded {
  readonly rows: { measures: { what: string; subject: string; samples: number[] }[] }[];
}

/** Median of our own samples of a measure; undefined without one. */
function recorded(file: string, what: string): number | undefined {
  const { rows } = JSON.parse(read(`proof/bench/results/${file}`)) as Recorded;
  const measure = rows.flatMap(({ measures }) => measures).find((one) => one.what === what);
  return measure?.samples.toSorted((a, b) => a - b)[Math.floor(measure.samples.length / 2)];
}

/** Rows of the table of measured figures: the figure, its file, its measure. */
const figures = (page: string): string[][] =>
  [...page.matchAll(/^\|[^|]*\|[^|]*\|\s*([\d.]+)\s*\|[^|]*\|\s*\[[a-z-]+\.json\]\([^)]*results\/([a-z-]+\.json)\): (.+?)\s*\|$/gm)].map(
    (row) => row.slice(1),
  );

/** Figures of a page that are not what was recorded. */
function wrongFigures(page: string): string[] {
  return figures(page).flatMap(([figure = '', file = '', what = '']) => {
    const digits = figure.split('.')[1]?.length ?? 0;
    const found = recorded(file, what)?.toFixed(digits);
    return found === figure ? [] : [`${file}: ${what} is ${found}, not ${figure}`];
  });
}

it('shows figures of capacity that were recorded, and no others', () => {
  const page = read('docs/capacity.md');
  expect(figures(page)).toHaveLength(8);
  expect(wrongFigures(page)).toEqual([]);
});

it('finds a figure that was not recorded', () => {
  expect(wrongFigures('| a | b | 319 | per s | [sink.json](../proof/bench/results/sink.json): postings |')).toEqual([
    'sink.json: postings is 318, not 319',
  ]);
});

/** Tests that the page of upgrades names and that are not there. */
const missingTests = (page: string): string[] =>
  [...page.matchAll(/`([\w./-]+spec\.ts)`: "([^"]+)"/g)]
    .filter(([, file = '', title = '']) => !existsSync(join(root, file)) || !read(file).includes(`'${title}'`))
    .map(([named]) => named);

it('names tests of the compatibility promise that exist', () => {
  const page = read('docs/upgrading.md');
  expect(page.match(/spec\.ts`: "/g)).toHaveLength(5);
  expect(missingTests(page)).toEqual([]);
});

it('finds a test that was renamed', () => {
  expect(missingTests('`libs/mapping/src/upgrade.spec.ts`: "is another"')).toHaveLength(1);
});
