import type { ErpLine } from '@tributary/connector-kit';
import { shortReference } from '@tributary/domain';
import type { SlRow } from '../sl-values.js';
import { missingOf, repairsOf } from './stored-lines.js';

const line = (key: string): ErpLine => ({ table: 'ARTran', key, fields: {} });
const row = (LineNbr: number, User2: string): SlRow => ({
  LineNbr,
  User2: User2.padEnd(30),
  CuryTranAmt: 5,
  Acct: '4900      ',
  Sub: '000',
});
const rowOf = ({ key }: ErpLine): SlRow => ({ LineNbr: 9, User2: key });

it.each([
  ['nothing when each is there once', [row(1, 'a'), row(2, 'b')], []],
  ['nothing, whatever lines of others stand beside them', [row(1, 'a'), row(2, ''), row(3, 'b'), row(4, 'z')], []],
  ['a line that is not there', [row(1, 'a')], ['b']],
  ['a line that is there twice', [row(1, 'a'), row(2, 'b'), row(3, 'b')], ['b']],
  ['everything of a header without lines', [], ['a', 'b']],
])('missing is %s', (_name, stored, expected) => {
  expect(missingOf(['a', 'b'], stored)).toEqual(expected);
});

it('finds a line by the digest of a key that is too long for its column', () => {
  const long = 'k'.repeat(31);
  expect(missingOf([long], [row(1, `sha:${shortReference(long, 26)}`)])).toEqual([]);
  expect(missingOf([long], [row(1, long.slice(0, 30))])).toEqual([long]);
});

it('adds what is missing, empties a copy, and leaves all else alone', () => {
  expect(repairsOf([line('a'), line('b'), line('c')], [row(1, 'a'), row(2, 'b'), row(3, 'b')], rowOf)).toEqual([
    { LineNbr: 3, Acct: '4900', Sub: '000', CuryTranAmt: 0, User2: 'copy' },
    { LineNbr: 9, User2: 'c' },
  ]);
});
