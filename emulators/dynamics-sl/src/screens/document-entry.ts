import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { emptyRow, put, same, shown } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { signOf } from '../ledger/document-types.js';
import { thousandths } from '../ledger/money.js';
import { checkOpen } from '../ledger/periods.js';
import { tables } from '../tables/index.js';
import { batchOf, checkEntered, newBatch, readBatch, saveBatch, statusFor, withTotals } from './batch.js';
import type { ScreenOf } from './batch.js';
import type { Call } from './call.js';
import { linesUnder, listOf, objectOf, stamped, textOf } from './call.js';
import { documentsOf, linesOf, newDocument, readDocument, readLine, saveDocument, sumOf } from './document.js';
import { placed } from './lines.js';
import type { Saved } from './screen.js';

/** A screen that enters documents of accounts receivable with lines. */
export interface DocumentScreen extends ScreenOf {
  readonly types: readonly string[];
  /** Refuses a document, or a line of it, by the rules of this screen. */
  checkDocument(doc: Row, call: Call, transaction: Transaction): void;
  checkLine(line: Row, doc: Row): void;
}

function saveLines(screen: DocumentScreen, inputs: readonly Input[], doc: Row, call: Call, transaction: Transaction): void {
  for (const { input, before, LineNbr } of placed(linesUnder(call.fault, inputs), linesOf(doc, doc.BatNbr, transaction), false)) {
    const base = before ?? { ...emptyRow(tables.ARTran, call.config), Qty: 1, RecordID: transaction.next('RecordID~ARTran', 1) };
    const RecordID = base.RecordID ?? 0;
    const line = { ...readLine(input, base, doc, call, transaction), RecordID, LineNbr, LineRef: String(LineNbr).padStart(5, '0') };
    screen.checkLine(line, doc);
    put(tables.ARTran, stamped({ ...line, DrCr: signOf(doc.DocType) === 1 ? 'C' : 'D' }, screen.number, call), transaction);
  }
}

/** A document without lines is a header that is still to be filled; with lines, they have to add up (section 5.4, 5.5 [verified for payments; else assumed]). */
function checkSums(doc: Row, transaction: Transaction): void {
  const lines = linesOf(doc, doc.BatNbr, transaction);
  if (lines.length > 0 && sumOf(lines) !== thousandths(doc.CuryOrigDocAmt))
    throw new Refusal(`Document ${String(doc.RefNbr)} is out of balance: its amount differs from the sum of its lines.`);
}

/** Faults that lose or double lines answer success, as a server that has lost them would. */
const hidesSums = (call: Call): boolean => call.fault?.kind === 'line-dropped' || call.fault?.kind === 'line-doubled';

function saveTotals(batch: Row, screen: DocumentScreen, call: Call, transaction: Transaction): void {
  const docs = documentsOf(batch.BatNbr, transaction);
  const sum = docs.reduce((all, doc) => all + thousandths(doc.CuryOrigDocAmt), 0n);
  // The control total that a caller sent may still miss documents to come; the release compares it (section 5.4 [assumed]).
  const row = withTotals(batch, screen.types.includes('PA') ? 0n : sum, sum, call);
  put(tables.Batch, stamped(row, screen.number, call), transaction);
}

/** Saves a new document, in a new batch or in one that is on hold. */
export function addDocument(screen: DocumentScreen, call: Call, input: Input, transaction: Transaction): Saved {
  const existing = textOf(objectOf(input.myBatch).BatNbr);
  const base = existing ? batchOf('AR', existing, transaction) : newBatch(screen, call);
  if (existing) checkEntered(base, 'H');
  const entered = readBatch(objectOf(input.myBatch), base, call);
  const docInput = objectOf(input.myARDoc);
  const read = readDocument(docInput, newDocument(entered, call), screen.types, call, transaction);
  const batch = saveBatch(
    { ...entered, CuryId: read.CuryId ?? '', Status: existing ? 'H' : statusFor(input.batchHandling) },
    read.DocDate,
    screen,
    call,
    transaction,
  );
  if (existing && base.CuryId !== read.CuryId) throw new Refusal(`Batch ${existing} is in ${String(base.CuryId)}: one currency per batch.`);
  checkOpen(batch.PerPost, transaction, call.fault);
  const { BatNbr = '', PerPost = '', PerEnt = '' } = batch;
  const doc = saveDocument(
    { ...read, BatNbr, BatSeq: documentsOf(BatNbr, transaction).length, PerPost, PerEnt },
    screen,
    call,
    transaction,
  );
  screen.checkDocument(doc, call, transaction);
  saveLines(screen, listOf(input.myARTran), doc, call, transaction);
  if (!hidesSums(call)) checkSums(doc, transaction);
  saveTotals(batch, screen, call, transaction);
  return { batNbr: String(BatNbr), refNbr: String(doc.RefNbr) };
}

function documentIn(batch: Row, input: Input, transaction: Transaction): Row {
  const docs = documentsOf(batch.BatNbr, transaction);
  const given = textOf(input.RefNbr);
  const found = given ? docs.find(({ RefNbr }) => same(RefNbr, given)) : docs[0];
  if (!found) throw new Refusal(`Document ${given} is not in batch ${String(batch.BatNbr)}.`);
  return found;
}

/** Changes a document of a batch that is not released. Its type stays: a change would leave lines with both signs (section 11 [verified for AP; AR assumed]). */
export function updateDocument(screen: DocumentScreen, call: Call, input: Input, transaction: Transaction): Saved {
  const before = batchOf('AR', objectOf(input.myBatch).BatNbr, transaction);
  checkEntered(before, 'HB');
  const docInput = objectOf(input.myARDoc);
  const stored = documentIn(before, docInput, transaction);
  const batch = readBatch(objectOf(input.myBatch), before, call);
  const { CustId = '', DocType = '', RefNbr = '' } = stored;
  const read = readDocument({ ...docInput, CustId, DocType, RefNbr }, stored, screen.types, call, transaction);
  const doc = put(tables.ARDoc, stamped(read, screen.number, call), transaction);
  screen.checkDocument(doc, call, transaction);
  saveLines(screen, listOf(input.myARTran), doc, call, transaction);
  if (!hidesSums(call)) checkSums(doc, transaction);
  saveTotals({ ...batch, CuryId: before.CuryId ?? '' }, screen, call, transaction);
  return { batNbr: String(before.BatNbr), refNbr: String(doc.RefNbr) };
}

/** The screen of a document: section 5.4 [verified names]. */
export function showDocument(call: Call, batNbr: string, refNbr: string, transaction: Transaction): Record<string, unknown> {
  const batch = batchOf('AR', batNbr, transaction);
  const doc = documentIn(batch, { RefNbr: refNbr }, transaction);
  return {
    errorMessage: '',
    batchHandling: batch.Status === 'H' ? 'Hold' : 'No Action',
    myBatch: shown(tables.Batch, batch, call.config),
    myARDoc: shown(tables.ARDoc, doc, call.config),
    myARTran: linesOf(doc, doc.BatNbr, transaction).map((line) => shown(tables.ARTran, line, call.config)),
  };
}
