import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { emptyRow, put, readRow, same } from '../data/rows.js';
import { noDate } from '../data/dates.js';
import type { Row, Transaction } from '../data/store.js';
import { checkAccount } from '../ledger/entry.js';
import { inBase, rateOf, rounded, thousandths } from '../ledger/money.js';
import { tables } from '../tables/index.js';
import type { ScreenOf } from './batch.js';
import type { Call } from './call.js';
import { nextNumber, stamped } from './call.js';

/** Columns of a document that a caller cannot set. */
const own = ['BatNbr', 'BatSeq', 'OpenDoc', 'Rlsed', 'CuryDocBal', 'DocBal', 'OrigDocAmt', 'PerClosed', 'ApplBatNbr'] as const;

/** A customer by id. @throws {Refusal} for one that is not there; one that is inactive takes no documents (Status I: section 5.1 [assumed]). */
export function customerOf(custId: unknown, transaction: Transaction): Row {
  const row = transaction.row(tables.Customer.name, String(custId).toUpperCase());
  if (!row) throw new Refusal(`Customer '${String(custId)}' does not exist.`);
  return row;
}

/** The documents of a batch, in their order. */
export function documentsOf(batNbr: unknown, transaction: Transaction): Row[] {
  return transaction
    .rows(tables.ARDoc.name)
    .filter((row) => row.BatNbr === batNbr)
    .map((row) => ({ ...row }));
}

/** The lines of a document in a batch. */
export function linesOf(doc: Row, batNbr: unknown, transaction: Transaction): Row[] {
  return transaction
    .rows(tables.ARTran.name)
    .filter((row) => row.BatNbr === batNbr && same(row.CustId, doc.CustId) && row.TranType === doc.DocType && same(row.RefNbr, doc.RefNbr))
    .map((row) => ({ ...row }));
}

/** A document with what a caller sends for it, checked. @throws {Refusal} for a customer, type, currency or account that is not valid. */
export function readDocument(input: Input, base: Row, types: readonly string[], call: Call, transaction: Transaction): Row {
  const row = readRow(tables.ARDoc, input, base, call.config);
  for (const column of own) row[column] = base[column] ?? '';
  if (!types.includes(String(row.DocType))) throw new Refusal(`Document type '${String(row.DocType)}' is not valid on this screen.`);
  const customer = customerOf(row.CustId, transaction);
  if (customer.Status === 'I') throw new Refusal(`Customer ${String(row.CustId)} is inactive.`);
  if (row.DocDate === noDate) throw new Refusal('DocDate is required.');
  if (row.Terms && !transaction.row(tables.Terms.name, String(row.Terms))) throw new Refusal(`Terms '${String(row.Terms)}' is not valid.`);
  const CuryOrigDocAmt = rounded(row.CuryOrigDocAmt, row.CuryId);
  if (CuryOrigDocAmt <= 0) throw new Refusal('The document amount must be greater than zero: the document type gives the sign.');
  const rate = rateOf(row, call.config);
  return {
    ...row,
    ...rate,
    CustId: String(customer.CustId),
    CpnyID: call.config.company,
    CuryOrigDocAmt,
    OrigDocAmt: inBase(CuryOrigDocAmt, rate, call.config.baseCurrency),
  };
}

/** A new document's columns before a caller's. */
export function newDocument(batch: Row, call: Call): Row {
  const { CuryId = '', CuryRate = 0, CuryMultDiv = 'M', PerPost = '', PerEnt = '' } = batch;
  return { ...emptyRow(tables.ARDoc, call.config), CuryId, CuryRate, CuryMultDiv, PerPost, PerEnt, CpnyID: call.config.company };
}

/**
 * Stores a document, with the next RefNbr when it has none. RefNbr is unique per customer and type: section 5.5 [verified key; that the screen refuses a second
 * one is assumed].
 */
export function saveDocument(doc: Row, screen: ScreenOf, call: Call, transaction: Transaction): Row {
  const RefNbr = doc.RefNbr || nextNumber('RefNbr~AR', 6, transaction);
  const row: Row = { ...doc, RefNbr };
  const taken = transaction
    .rows(tables.ARDoc.name)
    .some((other) => other.DocType === row.DocType && same(other.RefNbr, RefNbr) && same(other.CustId, row.CustId));
  if (taken)
    throw new Refusal(
      `Reference number ${String(RefNbr)} already exists for customer ${String(row.CustId)} and type ${String(row.DocType)}.`,
      2,
    );
  return put(tables.ARDoc, stamped(row, screen.number, call), transaction);
}

/** A line of a document with what a caller sends for it. TranType has to be the document's type: section 5.4 [verified: required], section 11. */
export function readLine(input: Input, base: Row, doc: Row, call: Call, transaction: Transaction): Row {
  const row = readRow(tables.ARTran, input, base, call.config);
  if (row.TranType === '') row.TranType = String(doc.DocType);
  if (row.TranType !== doc.DocType)
    throw new Refusal(`Transaction type '${String(row.TranType)}' differs from document type '${String(doc.DocType)}'.`);
  const CuryTranAmt = rounded(row.CuryTranAmt, doc.CuryId);
  if (row.Acct) checkAccount(row.Acct, row.Sub, doc.CuryId, call.config.baseCurrency, transaction);
  const { CustId = '', RefNbr = '', BatNbr = '', CuryId = '', CuryRate = 1, CuryMultDiv = 'M', PerPost = '', DocDate = noDate } = doc;
  const of = {
    CustId,
    RefNbr,
    BatNbr,
    CuryId,
    CuryRate,
    CuryMultDiv,
    PerPost,
    TranDate: row.TranDate === noDate ? DocDate : (row.TranDate ?? DocDate),
  };
  return {
    ...row,
    ...of,
    CpnyID: call.config.company,
    CuryTranAmt,
    TranAmt: inBase(CuryTranAmt, rateOf(doc, call.config), call.config.baseCurrency),
    Rlsed: 0,
  };
}

/** The sum of lines, thousandths. */
export const sumOf = (lines: readonly Row[]): bigint => lines.reduce((sum, { CuryTranAmt }) => sum + thousandths(CuryTranAmt), 0n);
