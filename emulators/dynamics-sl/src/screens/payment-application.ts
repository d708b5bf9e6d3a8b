import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { put, same, shown } from '../data/rows.js';
import { dateOf } from '../data/dates.js';
import type { Row, Transaction } from '../data/store.js';
import { signOf } from '../ledger/document-types.js';
import { checkOpen } from '../ledger/periods.js';
import { tables } from '../tables/index.js';
import { payingDocument, saveApplicationLines } from './application-lines.js';
import { checkApplication, postApplication } from './application-release.js';
import type { ScreenOf } from './batch.js';
import { batchOf, checkEntered, newBatch, readBatch, saveBatch, statusFor, withTotals } from './batch.js';
import type { Call, Operation } from './call.js';
import { listOf, objectOf, reads, stamped, textOf, writes } from './call.js';
import { linesOf, sumOf } from './document.js';
import { releaseBatch } from './release.js';
import type { Saved } from './screen.js';
import { screenOperations } from './screen.js';

/** Payment application, 08.030: docs/reference/dynamics-sl.md sections 1 and 5.5 [verified service; number assumed]. */
const screen: ScreenOf = { module: 'AR', number: '08030', jrnlType: 'AR' };

/** The payment of an application batch: that of its lines, else the one that names the batch. One payment per batch: assumed. */
function payingOf(batch: Row, transaction: Transaction): Row {
  const line = transaction.rows(tables.ARTran.name).find((row) => row.BatNbr === batch.BatNbr);
  const docs = transaction.rows(tables.ARDoc.name);
  const found = line
    ? docs.find((doc) => same(doc.CustId, line.CustId) && doc.DocType === line.TranType && same(doc.RefNbr, line.RefNbr))
    : docs.find((doc) => doc.ApplBatNbr === batch.BatNbr);
  if (!found || batch.EditScrnNbr !== screen.number) throw new Refusal(`Batch ${String(batch.BatNbr)} is no batch of payment application.`);
  return { ...found };
}

/** The lines carry the batch and the date of the application, not those of the payment. */
const asApplied = (paying: Row, { BatNbr = '', PerPost = '', DateEnt = '' }: Row): Row => ({
  ...paying,
  BatNbr,
  PerPost,
  DocDate: DateEnt,
});

function saveTotals(batch: Row, paying: Row, call: Call, transaction: Transaction): void {
  const sum = sumOf(linesOf(paying, batch.BatNbr, transaction));
  put(tables.Batch, stamped(withTotals(batch, 0n, sum, call), screen.number, call), transaction);
}

/** The date of an application: DateEnt of the batch, else DocDate of what is sent (assumed). */
function dateIn(input: Input, fallback: unknown): string {
  const given = textOf(objectOf(input.myBatch).DateEnt) || textOf(objectOf(input.myARDoc).DocDate);
  return (given && dateOf(given)) || String(fallback);
}

function add(call: Call, input: Input, transaction: Transaction): Saved {
  const { CustId, DocType, RefNbr } = objectOf(input.myARDoc);
  const paying = payingDocument(textOf(CustId), DocType, textOf(RefNbr), transaction);
  const entered = readBatch(objectOf(input.myBatch), newBatch(screen, call), call);
  const { CuryId = '', CuryRate = 1, CuryMultDiv = 'M' } = paying;
  const dated = {
    ...entered,
    CuryId,
    CuryRate,
    CuryMultDiv,
    DateEnt: dateIn(input, entered.DateEnt),
    Status: statusFor(input.batchHandling),
  };
  const batch = saveBatch(dated, dated.DateEnt, screen, call, transaction);
  checkOpen(batch.PerPost, transaction, call.fault);
  put(tables.ARDoc, stamped({ ...paying, ApplBatNbr: batch.BatNbr ?? '' }, screen.number, call), transaction);
  saveApplicationLines(listOf(input.myARTran), asApplied(paying, batch), screen.number, call, transaction);
  saveTotals(batch, paying, call, transaction);
  return { batNbr: String(batch.BatNbr), refNbr: '' };
}

function update(call: Call, input: Input, transaction: Transaction): Saved {
  const before = batchOf('AR', objectOf(input.myBatch).BatNbr, transaction);
  checkEntered(before, 'HB');
  const paying = payingOf(before, transaction);
  const { CuryId = '', DateEnt = '' } = before;
  const batch: Row = { ...readBatch(objectOf(input.myBatch), before, call), CuryId, DateEnt };
  saveApplicationLines(listOf(input.myARTran), asApplied(paying, batch), screen.number, call, transaction);
  saveTotals(batch, paying, call, transaction);
  return { batNbr: String(batch.BatNbr), refNbr: '' };
}

function release(call: Call, batNbr: string): void {
  releaseBatch(
    screen,
    batNbr,
    call,
    (batch, transaction) => checkApplication(batch, payingOf(batch, transaction), transaction),
    (batch, transaction) => postApplication(batch, payingOf(batch, transaction), call, transaction),
  );
}

function show(call: Call, batNbr: string, _refNbr: string, transaction: Transaction): Record<string, unknown> {
  const batch = batchOf('AR', batNbr, transaction);
  const paying = payingOf(batch, transaction);
  return {
    errorMessage: '',
    batchHandling: batch.Status === 'H' ? 'Hold' : 'No Action',
    myBatch: shown(tables.Batch, batch, call.config),
    myARDoc: shown(tables.ARDoc, paying, call.config),
    myARTran: linesOf(paying, batch.BatNbr, transaction).map((line) => shown(tables.ARTran, line, call.config)),
  };
}

/** The screen that applyPayment fills; `parms`, pairs of name and value, are columns of its line (assumed). */
function applied(args: Input): Input {
  const parms = Object.fromEntries(listOf(args.parms).map(({ name, value }) => [textOf(name), value]));
  return {
    myARDoc: { CustId: args.custID, RefNbr: args.paymentRefNbr },
    myARTran: [{ ...parms, SiteId: args.invoiceRefNbr, CuryTranAmt: args.applyAmount }],
  };
}

/** `applyPayment`: section 5.5 [verified]; that ADD leaves a batch on hold and RELEASENOW releases it too is assumed. */
function applyPayment(call: Call, args: Input): Record<string, unknown> {
  const action = textOf(args.actionType).toUpperCase();
  if (action !== 'ADD' && action !== 'RELEASENOW') throw new Refusal(`Action type '${action}' is not valid.`);
  const { batNbr } = call.commit((transaction) => add(call, applied(args), transaction));
  if (action === 'RELEASENOW') release(call, batNbr);
  return { errorCode: 0, errorMessage: '' };
}

const released = (sign: 1 | -1 | 0): Operation =>
  reads((call, args) =>
    call.commit((transaction) =>
      transaction
        .rows(tables.ARDoc.name)
        .filter(
          (row) => row.Rlsed === 1 && same(row.CustId, args.custID) && (sign === 0 || (signOf(row.DocType) === sign && row.OpenDoc === 1)),
        )
        .map((row) => shown(tables.ARDoc, row, call.config)),
    ),
  );

/** Operations of the service: section 5.5 [verified names]. */
export const paymentApplication: Readonly<Record<string, Operation>> = {
  ...screenOperations({ add, update, release, show }),
  applyPayment: writes(applyPayment, (errorMessage, errorCode) => ({ errorCode, errorMessage })),
  getOpenInvoices: released(1),
  getReleasedARDocsByCustID: released(0),
};
