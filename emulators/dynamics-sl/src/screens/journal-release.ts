import { Refusal } from '../answers.js';
import { put } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { thousandths } from '../ledger/money.js';
import { tables } from '../tables/index.js';
import type { ScreenOf } from './batch.js';
import type { Call } from './call.js';
import { stamped } from './call.js';
import { releaseBatch } from './release.js';

const linesIn = (batch: Row, transaction: Transaction): Row[] =>
  transaction
    .rows(tables.GLTran.name)
    .filter((row) => row.Module === 'GL' && row.BatNbr === batch.BatNbr)
    .map((row) => ({ ...row }));
const difference = (lines: readonly Row[], debit: 'CuryDrAmt' | 'DrAmt', credit: 'CuryCrAmt' | 'CrAmt'): bigint =>
  lines.reduce((all, line) => all + thousandths(line[debit]) - thousandths(line[credit]), 0n);

/** A journal has to balance for its release: docs/reference/dynamics-sl.md section 5.6 [assumed]. */
function check(batch: Row, transaction: Transaction): void {
  const lines = linesIn(batch, transaction);
  if (lines.length === 0) throw new Refusal(`Batch ${String(batch.BatNbr)} is empty.`);
  if (difference(lines, 'CuryDrAmt', 'CuryCrAmt') !== 0n) throw new Refusal(`Batch ${String(batch.BatNbr)} is out of balance.`);
  const debits = lines.reduce((all, line) => all + thousandths(line.CuryDrAmt), 0n);
  if (thousandths(batch.CuryCtrlTot) !== debits)
    throw new Refusal(`Batch ${String(batch.BatNbr)} is out of balance: its control total differs from its lines.`);
}

/** What rounding to the base currency leaves goes to the last line (assumed). */
function balanced(lines: readonly Row[]): Row[] {
  const left = Number(difference(lines, 'DrAmt', 'CrAmt')) / 1000;
  return lines.map((line, index) => {
    if (index < lines.length - 1 || left === 0) return line;
    const net = (Math.round(Number(line.DrAmt) * 1000) - Math.round(Number(line.CrAmt) * 1000)) / 1000 - left;
    const base = Math.round(net * 1000) / 1000;
    return { ...line, DrAmt: base > 0 ? base : 0, CrAmt: base < 0 ? -base : 0 };
  });
}

/** Puts the lines of a journal into the general ledger. */
export function releaseJournal(screen: ScreenOf, call: Call, batNbr: string): void {
  releaseBatch(screen, batNbr, call, check, (batch, transaction) => {
    const lines = balanced(linesIn(batch, transaction));
    for (const line of lines)
      put(tables.GLTran, stamped({ ...line, Rlsed: 1, Posted: call.config.postAtRelease ? 'P' : 'U' }, '08400', call), transaction);
    return lines.length;
  });
}
