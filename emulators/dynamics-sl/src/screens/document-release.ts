import { Refusal } from '../answers.js';
import { put } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { signOf } from '../ledger/document-types.js';
import type { EntryLine } from '../ledger/entry.js';
import { checkAccount, exchangeDifference, lineOn, postEntry } from '../ledger/entry.js';
import { thousandths } from '../ledger/money.js';
import { tables } from '../tables/index.js';
import type { ScreenOf } from './batch.js';
import type { Call } from './call.js';
import { stamped } from './call.js';
import { customerOf, documentsOf, linesOf, sumOf } from './document.js';
import { releaseBatch } from './release.js';

/** Columns of GLTran that name the document. */
const columnsOf = (doc: Row, line?: Row): Row => ({
  RefNbr: String(doc.RefNbr),
  TranType: String(doc.DocType),
  TranDate: String(doc.DocDate),
  Id: String(doc.CustId),
  TranDesc: String(line?.TranDesc || doc.DocDesc),
  CuryRate: Number(doc.CuryRate),
  CuryMultDiv: String(doc.CuryMultDiv),
});

const isPayment = (doc: Row): boolean => doc.DocType === 'PA' || doc.DocType === 'PP';

/** Receivables are debited and the lines' accounts credited, or the reverse; a payment debits its bank account (section 4: the type gives the sign [verified]). */
function entryOf(doc: Row, call: Call, transaction: Transaction): EntryLine[] {
  const customer = customerOf(doc.CustId, transaction);
  const sign = signOf(doc.DocType) ?? 1;
  const on = (acct: unknown, sub: unknown, amount: number, baseAmount: number, of: Row): EntryLine =>
    lineOn(String(acct), String(sub), { CuryId: String(doc.CuryId), amount, baseAmount }, of, call, transaction);
  const receivable = on(customer.ARAcct, customer.ARSub, sign * Number(doc.CuryOrigDocAmt), sign * Number(doc.OrigDocAmt), columnsOf(doc));
  if (isPayment(doc))
    return [on(doc.BankAcct, doc.BankSub, Number(doc.CuryOrigDocAmt), Number(doc.OrigDocAmt), columnsOf(doc)), receivable];
  const lines = linesOf(doc, doc.BatNbr, transaction);
  // The last line takes what rounding leaves, so that the lines make up the document in the base currency too (assumed).
  let left = thousandths(doc.OrigDocAmt);
  const others = lines.map((line, index) => {
    const base = index === lines.length - 1 ? left : thousandths(line.TranAmt);
    left -= base;
    return on(line.Acct, line.Sub, -sign * Number(line.CuryTranAmt), (-sign * Number(base)) / 1000, columnsOf(doc, line));
  });
  return [receivable, ...others];
}

function checkDocument(doc: Row, call: Call, transaction: Transaction): void {
  const lines = linesOf(doc, doc.BatNbr, transaction);
  if (sumOf(lines) !== thousandths(doc.CuryOrigDocAmt))
    throw new Refusal(`Batch ${String(doc.BatNbr)} is out of balance: document ${String(doc.RefNbr)} differs from the sum of its lines.`);
  const { baseCurrency } = call.config;
  if (isPayment(doc)) checkAccount(doc.BankAcct, doc.BankSub, doc.CuryId, baseCurrency, transaction);
  else for (const line of lines) checkAccount(line.Acct, line.Sub, doc.CuryId, baseCurrency, transaction);
}

/** Control totals have to be the sum of the documents: section 5.4 [verified for payments; general rule assumed]. */
function checkBatch(batch: Row, call: Call, transaction: Transaction): void {
  const docs = documentsOf(batch.BatNbr, transaction);
  if (docs.length === 0) throw new Refusal(`Batch ${String(batch.BatNbr)} is empty.`);
  for (const doc of docs) checkDocument(doc, call, transaction);
  const sum = docs.reduce((all, doc) => all + thousandths(doc.CuryOrigDocAmt), 0n);
  if (thousandths(batch.CuryCtrlTot) !== sum)
    throw new Refusal(`Batch ${String(batch.BatNbr)} is out of balance: its control total differs from its documents.`);
}

/** Releases a batch of documents: entries, open balances (section 4 [verified: balances, OpenDoc and DocBal move at release]). */
export function releaseDocuments(screen: ScreenOf, call: Call, batNbr: string): void {
  releaseBatch(
    screen,
    batNbr,
    call,
    (batch, transaction) => checkBatch(batch, call, transaction),
    (batch, transaction) => {
      let lineNbr = 0;
      for (const doc of documentsOf(batch.BatNbr, transaction)) {
        const lines = entryOf(doc, call, transaction);
        lineNbr = postEntry(batch, [...lines, ...exchangeDifference(lines, columnsOf(doc), call)], lineNbr, call, transaction);
        const { CuryOrigDocAmt = 0, OrigDocAmt = 0 } = doc;
        put(
          tables.ARDoc,
          stamped({ ...doc, Rlsed: 1, OpenDoc: 1, CuryDocBal: CuryOrigDocAmt, DocBal: OrigDocAmt }, '08400', call),
          transaction,
        );
        for (const line of linesOf(doc, doc.BatNbr, transaction))
          put(tables.ARTran, stamped({ ...line, Rlsed: 1 }, '08400', call), transaction);
      }
      return lineNbr;
    },
  );
}
