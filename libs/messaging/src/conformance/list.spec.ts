import { readFileSync, writeFileSync } from 'node:fs';
import { casesOf, conformanceList, conformanceThemes } from './list.js';

const project = new URL('../..', import.meta.url).pathname;
const file = new URL('../../CONFORMANCE.md', import.meta.url);

it('reads the names of cases, one for each row of a table, in their order', () => {
  const text = [
    "  it('one', async () => {});",
    '  it.each([',
    "    ['an error', () => new Error('not yet')],",
    "    ['a string',",
    "     () => 'x'],",
    "  ])('ends at once: %s', (_name) => {});",
    '  slow("it\'s long", () => {});',
    '  it.each([',
    "    ['three', 3],",
    '  ])(',
    "    'case 4: %s of them',",
    '    () => {},',
    '  );',
  ].join('\n');
  expect(casesOf(text)).toEqual([
    { name: 'one', slow: false },
    { name: 'ends at once: an error', slow: false },
    { name: 'ends at once: a string', slow: false },
    { name: "it's long", slow: true },
    { name: 'case 4: three of them', slow: false },
  ]);
});

it('has a case for each of the 15 of the reference, at least 80 in all, and no name twice in a theme', () => {
  const themes = conformanceThemes(project);
  const names = themes.flatMap(({ cases }) => cases.map(({ name }) => name));
  expect(names.length).toBeGreaterThanOrEqual(80);
  const numbers = new Set(names.flatMap((name) => (/^cases? ([\d, ]+):/.exec(name)?.[1] ?? '').split(/[, ]+/).filter(Boolean)));
  const missing = Array.from({ length: 15 }, (_, n) => String(n + 1)).filter((number) => !numbers.has(number));
  expect(missing).toEqual(['12']); // delay topics: the theme of the ladder
  for (const { cases } of themes) expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

it('is written down in CONFORMANCE.md as it is', () => {
  const list = conformanceList(project);
  if (process.env['UPDATE_CONFORMANCE'] === '1') writeFileSync(file, list);
  expect(readFileSync(file, 'utf8')).toBe(list);
});
