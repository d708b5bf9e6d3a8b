import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { emptyRow, put, same } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { signOf } from '../ledger/document-types.js';
import { thousandths } from '../ledger/money.js';
import { tables } from '../tables/index.js';
import type { Call } from './call.js';
import { linesUnder, stamped, textOf } from './call.js';
import { linesOf, readLine } from './document.js';
import { placed } from './lines.js';

/** Documents of a customer with a number, of the types that add to what it owes (1) or take from it (-1). */
function documentsNumbered(custId: unknown, refNbr: unknown, sign: 1 | -1, transaction: Transaction): Row[] {
  return transaction
    .rows(tables.ARDoc.name)
    .filter((row) => same(row.CustId, custId) && same(row.RefNbr, refNbr) && signOf(row.DocType) === sign)
    .map((row) => ({ ...row }));
}

function oneOf(found: readonly Row[], refNbr: unknown, what: string): Row {
  const [doc, second] = found;
  if (!doc) throw new Refusal(`${what} '${textOf(refNbr)}' does not exist for this customer.`);
  if (second) throw new Refusal(`${what} '${textOf(refNbr)}' is not unique: the document type is needed.`);
  if (doc.Rlsed !== 1) throw new Refusal(`${what} ${textOf(refNbr)} is not released.`);
  return doc;
}

/**
 * The payment that is applied, by number and type. Without a type it is a payment, else a prepayment or a credit memo: that a memo may stand here is assumed.
 * @throws {Refusal} when it is not there, not released or of another customer.
 */
export function payingDocument(custId: unknown, docType: unknown, refNbr: unknown, transaction: Transaction): Row {
  const found = documentsNumbered(custId, refNbr, -1, transaction);
  const type = textOf(docType).toUpperCase();
  const payments = found.filter((row) => row.DocType === 'PA');
  if (type)
    return oneOf(
      found.filter((row) => row.DocType === type),
      refNbr,
      'Payment',
    );
  return oneOf(payments.length > 0 ? payments : found, refNbr, 'Payment');
}

/** The document that a line pays: SiteId is its RefNbr (docs/reference/dynamics-sl.md section 5.5 [verified]); CostType, its type where that is needed: assumed. */
export function paidDocument(line: Readonly<Row>, transaction: Transaction): Row {
  const found = documentsNumbered(line.CustId, line.SiteId, 1, transaction);
  return oneOf(line.CostType ? found.filter((row) => row.DocType === line.CostType) : found, line.SiteId, 'Invoice');
}

/** Refuses a part that is below zero (a line of 0 applies nothing: assumed), in another currency or more than what is open on either side (section 5.5: only released ones [assumed rule]). */
export function checkPart(line: Readonly<Row>, paying: Row, paid: Row): void {
  const part = thousandths(line.CuryTranAmt);
  if (part < 0n) throw new Refusal('The applied amount must not be less than zero.');
  if (paid.CuryId !== paying.CuryId)
    throw new Refusal(`Invoice ${String(paid.RefNbr)} is in ${String(paid.CuryId)}, the payment in ${String(paying.CuryId)}.`);
  for (const [doc, what] of [
    [paying, 'payment'],
    [paid, 'invoice'],
  ] as const)
    if (part > thousandths(doc.CuryDocBal))
      throw new Refusal(`The applied amount is more than the open balance of ${what} ${String(doc.RefNbr)}.`);
}

/** Saves the lines of an application: one per invoice, LineId from 1, CmmnPct minus its balance (section 5.5 [verified]). */
export function saveApplicationLines(inputs: readonly Input[], paying: Row, screen: string, call: Call, transaction: Transaction): void {
  for (const { input, before, LineNbr } of placed(linesUnder(call.fault, inputs), linesOf(paying, paying.BatNbr, transaction), false)) {
    const base = before ?? { ...emptyRow(tables.ARTran, call.config), RecordID: transaction.next('RecordID~ARTran', 1) };
    const line = readLine(input, base, paying, call, transaction);
    const paid = paidDocument(line, transaction);
    checkPart(line, paying, paid);
    const of = { LineNbr, LineId: LineNbr, LineRef: String(LineNbr).padStart(5, '0'), RecordID: base.RecordID ?? 0 };
    put(
      tables.ARTran,
      stamped({ ...line, ...of, CostType: paid.DocType ?? '', CmmnPct: -Number(paid.CuryDocBal) }, screen, call),
      transaction,
    );
  }
}
