import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { emptyRow, put, readRow, shown } from '../data/rows.js';
import { noDate } from '../data/dates.js';
import type { Row, Transaction } from '../data/store.js';
import { checkAccount } from '../ledger/entry.js';
import { inBase, rateOf, rounded, thousandths } from '../ledger/money.js';
import { checkOpen } from '../ledger/periods.js';
import { tables } from '../tables/index.js';
import type { ScreenOf } from './batch.js';
import { batchOf, checkEntered, newBatch, readBatch, saveBatch, statusFor, withTotals } from './batch.js';
import type { Call, Operation } from './call.js';
import { linesUnder, listOf, objectOf, reads, stamped, textOf } from './call.js';
import { placed } from './lines.js';
import { releaseJournal } from './journal-release.js';
import type { Saved } from './screen.js';
import { screenOperations } from './screen.js';

/** Journal transactions, 01.010: docs/reference/dynamics-sl.md sections 1 and 5.6 [verified service; number assumed]. */
const screen: ScreenOf = { module: 'GL', number: '01010', jrnlType: 'GJ' };

/** The lines of a journal batch: rows of GLTran with Rlsed 0 until the release. */
export function journalLines(batNbr: unknown, transaction: Transaction): Row[] {
  return transaction
    .rows(tables.GLTran.name)
    .filter((row) => row.Module === 'GL' && row.BatNbr === batNbr)
    .map((row) => ({ ...row }));
}

function readLine(input: Input, base: Row, batch: Row, call: Call, transaction: Transaction): Row {
  const { config } = call;
  const row = readRow(tables.GLTran, input, base, config);
  if (row.CpnyID && row.CpnyID !== config.company) throw new Refusal(`Company '${String(row.CpnyID)}' does not exist.`);
  // One currency per batch: section 5.7 [verified for Transaction Import; assumed here].
  if (row.CuryId && row.CuryId !== batch.CuryId)
    throw new Refusal(`A line is in ${String(row.CuryId)}, its batch in ${String(batch.CuryId)}.`);
  const CuryId = String(batch.CuryId);
  checkAccount(row.Acct, row.Sub, CuryId, config.baseCurrency, transaction);
  const [CuryDrAmt, CuryCrAmt] = [rounded(row.CuryDrAmt, CuryId), rounded(row.CuryCrAmt, CuryId)];
  if (CuryDrAmt !== 0 && CuryCrAmt !== 0) throw new Refusal('A line has a debit or a credit, not both.');
  const rate = rateOf(batch, config);
  const [DrAmt, CrAmt] = [inBase(CuryDrAmt, rate, config.baseCurrency), inBase(CuryCrAmt, rate, config.baseCurrency)];
  const { Module = '', BatNbr = '', PerPost = '', JrnlType = '', LedgerID = '', DateEnt = noDate } = batch;
  const of = {
    Module,
    BatNbr,
    PerPost,
    JrnlType,
    LedgerID,
    FiscYr: String(PerPost).slice(0, 4),
    CpnyID: config.company,
    BaseCuryID: config.baseCurrency,
  };
  const TranDate = row.TranDate === noDate ? DateEnt : (row.TranDate ?? DateEnt);
  return { ...row, ...of, ...rate, CuryId, CuryDrAmt, CuryCrAmt, DrAmt, CrAmt, TranDate, Posted: 'U', Rlsed: 0 };
}

function saveLines(inputs: readonly Input[], batch: Row, call: Call, transaction: Transaction): void {
  for (const { input, before, LineNbr } of placed(linesUnder(call.fault, inputs), journalLines(batch.BatNbr, transaction), true)) {
    const base = before ?? emptyRow(tables.GLTran, call.config);
    const line = { ...readLine(input, base, batch, call, transaction), LineNbr, LineRef: String(LineNbr + 1).padStart(5, '0') };
    put(tables.GLTran, stamped(line, screen.number, call), transaction);
  }
}

/** Saves the totals; a batch on hold may be out of balance (section 5.6 [verified]), a balanced one may not (assumed). */
function saveTotals(batch: Row, call: Call, transaction: Transaction): void {
  const lines = journalLines(batch.BatNbr, transaction);
  const sum = (column: 'CuryDrAmt' | 'CuryCrAmt'): bigint => lines.reduce((all, line) => all + thousandths(line[column]), 0n);
  const [debits, credits] = [sum('CuryDrAmt'), sum('CuryCrAmt')];
  if (batch.Status === 'B' && debits !== credits) throw new Refusal(`Batch ${String(batch.BatNbr)} is out of balance.`);
  put(tables.Batch, stamped(withTotals(batch, debits, credits, call), screen.number, call), transaction);
}

function add(call: Call, input: Input, transaction: Transaction): Saved {
  const entered = readBatch(objectOf(input.myBatch), newBatch(screen, call), call);
  const batch = saveBatch({ ...entered, Status: statusFor(input.batchHandling) }, entered.DateEnt, screen, call, transaction);
  checkOpen(batch.PerPost, transaction, call.fault);
  saveLines(listOf(input.myGLTran), batch, call, transaction);
  saveTotals(batch, call, transaction);
  return { batNbr: String(batch.BatNbr), refNbr: '' };
}

function update(call: Call, input: Input, transaction: Transaction): Saved {
  const before = batchOf('GL', objectOf(input.myBatch).BatNbr, transaction);
  checkEntered(before, 'HB');
  const batch = readBatch(objectOf(input.myBatch), before, call);
  checkOpen(batch.PerPost, transaction, call.fault);
  saveLines(listOf(input.myGLTran), batch, call, transaction);
  saveTotals(batch, call, transaction);
  return { batNbr: String(batch.BatNbr), refNbr: '' };
}

function show(call: Call, batNbr: string, _refNbr: string, transaction: Transaction): Record<string, unknown> {
  const batch = batchOf('GL', batNbr, transaction);
  return {
    errorMessage: '',
    batchHandling: batch.Status === 'H' ? 'Hold' : 'No Action',
    myBatch: shown(tables.Batch, batch, call.config),
    myGLTran: journalLines(batch.BatNbr, transaction).map((line) => shown(tables.GLTran, line, call.config)),
  };
}

const newScreen = reads((call) => ({
  errorMessage: '',
  batchHandling: 'Hold',
  myBatch: shown(tables.Batch, newBatch(screen, call), call.config),
  myGLTran: [],
}));

/** `editGLTran("VALIDATEONLY")` checks one line without storing it: section 5.6 [verified]. */
const editGLTran = reads(
  (call, args) => {
    const line = objectOf(args.line);
    call.commit((transaction) => readLine(line, emptyRow(tables.GLTran, call.config), newBatch(screen, call), call, transaction));
    return { ...line, errorMessage: '' };
  },
  (errorMessage, _code, args) => ({ ...objectOf(args.line), errorMessage }),
);

/** Operations of the service. `getNewscreen` is spelled so: section 5.6 [verified]. */
export const journalTransactions: Readonly<Record<string, Operation>> = {
  ...screenOperations({ add, update, release: (call, batNbr) => releaseJournal(screen, call, textOf(batNbr)), show }),
  getNewscreen: newScreen,
  getNewScreen: newScreen,
  getNewGLTran: reads((call) => shown(tables.GLTran, emptyRow(tables.GLTran, call.config), call.config)),
  editGLTran,
};
