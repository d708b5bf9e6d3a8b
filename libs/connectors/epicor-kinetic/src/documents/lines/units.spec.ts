import type { StoredLine } from './units.js';
import { missingOf, unitsOf } from './units.js';

const line = (key: string) => ({ table: 'InvcDtl', key });
const account = (key: string) => ({ table: 'InvcDtlTGLC', key });
const units = (...lines: { table: string; key: string }[]) => unitsOf(lines, 'InvcDtl', 'InvcDtlTGLC');
const stored = (number: number, key: string, hasAccount = true): StoredLine => ({ number, key, hasAccount, row: {} });

describe('an account belongs', () => {
  it.each([
    ['to the line with its key, wherever that stands', [line('a'), line('b'), account('a'), account('b')], ['a<a', 'b<b']],
    ['else to the line before it', [line('a'), account('x'), line('b'), account('y')], ['a<x', 'b<y']],
  ])('%s', (_name, lines, expected) => {
    expect(units(...lines).map((unit) => `${unit.line.key}<${unit.accounts.map(({ key }) => key).join(',')}`)).toEqual(expected);
  });

  it.each([
    ['an account before any line', [account('x'), line('a')]],
    ['a row of another table', [line('a'), { table: 'InvcTax', key: 'a' }]],
  ])('to nothing: %s is refused with its table', (_name, lines) => {
    expect(() => units(...lines)).toThrow(/belongs to no line/);
  });
});

describe('missing is', () => {
  const two = units(line('a'), account('a'), line('b'), account('b-account'));

  it.each([
    ['nothing, when each is there once with its account', [stored(1, 'a'), stored(2, 'b')], []],
    ['nothing, whatever lines of others stand beside them', [stored(1, 'a'), stored(2, ''), stored(3, 'b'), stored(4, 'z')], []],
    ['a line with its account', [stored(1, 'a')], ['b', 'b-account']],
    ['an account alone', [stored(1, 'a'), stored(2, 'b', false)], ['b-account']],
    ['a line that is there twice', [stored(1, 'a'), stored(2, 'b'), stored(3, 'b')], ['b']],
    ['everything of a header without lines, each key once', [], ['a', 'b', 'b-account']],
  ])('%s', (_name, lines, expected) => {
    expect(missingOf(two, lines)).toEqual(expected);
  });
});

it('finds a line by the digest of a key that is too long for its column', () => {
  const long = 'k'.repeat(101);
  expect(missingOf(units(line(long)), [stored(1, long)])).toEqual([long]);
  expect(missingOf(units(line('short')), [stored(1, 'short')])).toEqual([]);
});
