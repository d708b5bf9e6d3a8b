import { Refusal } from '../answers.js';
import { emptyRow, put } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import type { EntryLine } from '../ledger/entry.js';
import { exchangeDifference, postEntry } from '../ledger/entry.js';
import { baseShare, fromThousandths, thousandths } from '../ledger/money.js';
import { tables } from '../tables/index.js';
import { checkPart, paidDocument } from './application-lines.js';
import type { Call } from './call.js';
import { stamped } from './call.js';
import { customerOf, linesOf, sumOf } from './document.js';

/** A fresh copy of a stored document: an earlier line of the batch may have changed it. */
const again = (doc: Row, transaction: Transaction): Row =>
  transaction.row(tables.ARDoc.name, tables.ARDoc.key.map((column) => String(doc[column] ?? '').toUpperCase()).join('~')) ?? doc;

/** Takes a part out of an open balance; at zero the document is closed (docs/reference/dynamics-sl.md section 5.5 [assumed behaviour]). @returns the part in the base currency. */
function settle(doc: Row, part: number, period: string, call: Call, transaction: Transaction): number {
  const base = baseShare(Number(doc.DocBal), part, Number(doc.CuryDocBal), call.config.baseCurrency);
  const CuryDocBal = fromThousandths(thousandths(doc.CuryDocBal) - thousandths(part));
  const DocBal = fromThousandths(thousandths(doc.DocBal) - thousandths(base));
  const open = CuryDocBal !== 0;
  put(
    tables.ARDoc,
    stamped({ ...doc, CuryDocBal, DocBal, OpenDoc: open ? 1 : 0, PerClosed: open ? '' : period }, '08400', call),
    transaction,
  );
  return base;
}

function adjust(line: Row, paying: Row, paid: Row, base: number, call: Call, transaction: Transaction): void {
  const row = {
    ...emptyRow(tables.ARAdjust, call.config),
    RecordID: transaction.next('RecordID~ARAdjust', 1),
    AdjdRefNbr: String(paid.RefNbr),
    AdjdDocType: String(paid.DocType),
    AdjgRefNbr: String(paying.RefNbr),
    AdjgDocType: String(paying.DocType),
    CustId: String(paying.CustId),
    AdjBatNbr: String(line.BatNbr),
    AdjgDocDate: String(paying.DocDate),
    PerAppl: String(line.PerPost),
    CuryAdjdAmt: Number(line.CuryTranAmt),
    AdjAmt: base,
    CuryAdjdCuryId: String(paid.CuryId),
    User1: String(line.User1),
    User2: String(line.User2),
  };
  put(tables.ARAdjust, stamped(row, '08400', call), transaction);
}

/**
 * The entry of a line: both sides are one account, so nothing moves (section 2.4 [assumed]) but what two rates of exchange differ by, in the base currency.
 */
function entryOf(line: Row, paying: Row, bases: { paying: number; paid: number }, call: Call, transaction: Transaction): EntryLine[] {
  const baseAmount = fromThousandths(thousandths(bases.paying) - thousandths(bases.paid));
  if (baseAmount === 0) return [];
  const { ARAcct, ARSub } = customerOf(line.CustId, transaction);
  const of: Row = {
    RefNbr: String(paying.RefNbr),
    TranType: String(paying.DocType),
    Id: String(line.CustId),
    TranDate: String(line.TranDate),
    TranDesc: String(line.TranDesc),
    CuryRate: Number(paying.CuryRate),
    CuryMultDiv: String(paying.CuryMultDiv),
  };
  const receivable: EntryLine = { Acct: String(ARAcct), Sub: String(ARSub), CuryId: String(paying.CuryId), amount: 0, baseAmount, of };
  return [receivable, ...exchangeDifference([receivable], of, call)];
}

/** @throws {Refusal} for what cannot be applied any more, each line after the ones before it. */
export function checkApplication(batch: Row, paying: Row, transaction: Transaction): void {
  const lines = linesOf(paying, batch.BatNbr, transaction);
  if (lines.length === 0) throw new Refusal(`Batch ${String(batch.BatNbr)} is empty.`);
  if (thousandths(batch.CuryCtrlTot) !== sumOf(lines)) throw new Refusal(`Batch ${String(batch.BatNbr)} is out of balance.`);
  if (sumOf(lines) > thousandths(paying.CuryDocBal))
    throw new Refusal(`The applied amount is more than the open balance of payment ${String(paying.RefNbr)}.`);
  const applied = new Map<string, bigint>();
  for (const line of lines) {
    const paid = paidDocument(line, transaction);
    checkPart(line, paying, paid);
    const key = `${String(paid.DocType)} ${String(paid.RefNbr)}`;
    applied.set(key, (applied.get(key) ?? 0n) + thousandths(line.CuryTranAmt));
    if ((applied.get(key) ?? 0n) > thousandths(paid.CuryDocBal))
      throw new Refusal(`The applied amount is more than the open balance of invoice ${String(paid.RefNbr)}.`);
  }
}

/** Lowers both balances, writes ARAdjust rows (section 5.5 [verified columns]) and entries. @returns how many rows of the ledger. */
export function postApplication(batch: Row, paying: Row, call: Call, transaction: Transaction): number {
  let lineNbr = 0;
  for (const line of linesOf(paying, batch.BatNbr, transaction)) {
    put(tables.ARTran, stamped({ ...line, Rlsed: 1 }, '08400', call), transaction);
    const part = Number(line.CuryTranAmt);
    if (part === 0) continue;
    const paid = paidDocument(line, transaction);
    const bases = {
      paying: settle(again(paying, transaction), part, String(batch.PerPost), call, transaction),
      paid: settle(paid, part, String(batch.PerPost), call, transaction),
    };
    adjust(line, paying, paid, bases.paid, call, transaction);
    lineNbr = postEntry(batch, entryOf(line, paying, bases, call, transaction), lineNbr, call, transaction);
  }
  return lineNbr;
}
