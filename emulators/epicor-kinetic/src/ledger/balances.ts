import { KineticError } from '../answers.js';
import { save } from '../rows.js';
import { emptyRow, tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import type { PostingContext } from './periods.js';
import { amountColumn, amountOf, proportional } from './money.js';

/** An invoice or credit memo by its number, with every column. @throws {KineticError} when it is not there. */
export function invoiceOf(company: string, number: unknown, transaction: Transaction, field = 'InvoiceNum'): Row {
  const row = transaction.row('InvcHead', `${company}~${String(number)}`);
  if (!row) throw new KineticError('business', `Invoice ${String(number)} is invalid.`, { table: 'CashDtl', field });
  return { ...emptyRow(tables.InvcHead, company), DocUnpostedBal: row.DocInvoiceBal ?? 0, ...row };
}

/**
 * Holds back a part of an open document for an application that is entered and not posted: DocUnpostedBal follows at once
 * (SNO:Erp_BO_ARInvoiceSvc.tsx, InvcHeadRow.DocUnpostedBal [verified]). An amount below zero gives it back.
 * @param towardsZero thousandths, positive.
 * @throws {KineticError} when the balance would cross zero: nothing is applied beyond its amount ("to validate that an invoice is not over
 *   paid", same comment [verified]; the text is assumed).
 */
export function reserve(invoice: Row, towardsZero: bigint, transaction: Transaction): void {
  const left = magnitude(amountOf(invoice.DocUnpostedBal)) - towardsZero;
  if (left < 0n || left > magnitude(amountOf(invoice.DocInvoiceBal)))
    throw new KineticError('business', `The amount is more than the open balance of invoice ${String(invoice.InvoiceNum)}.`, {
      table: 'CashDtl',
      field: 'DocTranAmt',
    });
  save(tables.InvcHead, { ...invoice, DocUnpostedBal: amountColumn(signed(invoice, left)) }, transaction);
}

const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
/** Balances of credit memos carry a negative sign: section 6.4 [verified]. */
const signed = (invoice: Row, amount: bigint): bigint => (invoice.CreditMemo === true ? -amount : amount);

/**
 * Takes a part out of the posted balance; a balance of zero closes the document.
 * @returns the part in the currency of the book, positive: what the receivable account is relieved of.
 */
export function settle(invoice: Row, part: bigint, context: PostingContext, transaction: Transaction): bigint {
  const [open, book] = [amountOf(invoice.DocInvoiceBal), amountOf(invoice.InvoiceBal)].map(magnitude) as [bigint, bigint];
  const bookPart = proportional(book, part, open, context.config.baseCurrency);
  const left = open - part;
  save(
    tables.InvcHead,
    {
      ...invoice,
      DocInvoiceBal: amountColumn(signed(invoice, left)),
      InvoiceBal: amountColumn(signed(invoice, book - bookPart)),
      OpenInvoice: left !== 0n,
    },
    transaction,
  );
  return bookPart;
}
