import type { Row } from '../data/store.js';
import { brokenRules } from './books.js';

const gl = (Acct: string, debit: number, credit: number, more: Row = {}): Row => ({
  Module: 'AR',
  BatNbr: '000001',
  Acct,
  CuryId: 'USD',
  CuryDrAmt: debit,
  CuryCrAmt: credit,
  DrAmt: debit,
  CrAmt: credit,
  Rlsed: 1,
  ...more,
});
const doc: Row = { DocType: 'IN', RefNbr: 'I1', CuryId: 'USD', CuryOrigDocAmt: 10, CuryDocBal: 10, DocBal: 10, Rlsed: 1, OpenDoc: 1 };
const whole: Readonly<Record<string, readonly Row[]>> = {
  CustClass: [{ ARAcct: '1100' }],
  Batch: [{ Module: 'AR', BatNbr: '000001', Rlsed: 1 }],
  GLTran: [gl('1100', 10, 0), gl('4000', 0, 10)],
  ARDoc: [doc],
};
const broken = (change: Readonly<Record<string, readonly Row[]>>): string[] =>
  brokenRules({ rows: (table: string) => change[table] ?? whole[table] ?? [] });

it('finds nothing in books that are whole', () => {
  expect(broken({})).toEqual([]);
});

it.each<readonly [RegExp, Readonly<Record<string, readonly Row[]>>]>([
  [/batch AR 000001 is out of balance by 1000 thousandths/, { GLTran: [gl('1100', 10, 0), gl('4000', 0, 9)] }],
  [/receivables in USD: open documents differ from the account by -5000/, { ARDoc: [{ ...doc, CuryDocBal: 5, DocBal: 10 }] }],
  [/receivables in the base currency: .* by -5000/, { ARDoc: [{ ...doc, DocBal: 5 }] }],
  [/document IN I1 has a balance of -1000/, { ARDoc: [{ ...doc, CuryDocBal: -1 }] }],
  [/document IN I1 has a balance of 11000/, { ARDoc: [{ ...doc, CuryDocBal: 11 }] }],
  [/document IN I1 has a balance of 10000/, { ARDoc: [{ ...doc, OpenDoc: 0 }] }],
  [/batch AR 000001 is in the ledger and not released/, { Batch: [{ Module: 'AR', BatNbr: '000001', Rlsed: 0 }] }],
])('finds %s', (text, change) => {
  expect(broken(change)).toContainEqual(expect.stringMatching(text));
});
