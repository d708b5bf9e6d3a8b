import { KineticError } from '../answers.js';
import { controlAccount } from '../ledger/control-accounts.js';
import type { EntryLine } from '../ledger/entry.js';
import { postEntry } from '../ledger/entry.js';
import { amountColumn, amountOf, converted, documentRate } from '../ledger/money.js';
import type { PostingContext } from '../ledger/periods.js';
import { checkOpen } from '../ledger/periods.js';
import { save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { linesOf, totalOf } from './invoice-lines.js';

const refuse = (text: string): KineticError => new KineticError('business', text, { table: 'InvcHead', field: 'DocInvoiceAmt' });

/**
 * Posts an invoice: receivables are debited and the account of each line is credited; a credit memo is the reverse. A line takes the
 * account of its InvcDtlTGLC row, else the company's for sales or returns (assumed). An invoice without lines, or below zero, is not posted
 * (assumed).
 * @returns its number, as text.
 */
export function postInvoice(invoice: Row, context: PostingContext, transaction: Transaction): string {
  checkOpen(invoice, 'InvcHead', 'ApplyDate', context, transaction);
  const lines = linesOf(invoice, transaction);
  if (lines.length === 0) throw refuse(`Invoice ${invoice.InvoiceNum} has no lines.`);
  if (totalOf(lines) < 0n) throw refuse(`Invoice ${invoice.InvoiceNum} is below zero.`);
  const sign = invoice.CreditMemo === true ? -1n : 1n;
  const rate = documentRate(invoice, context.config);
  const posted = lines.map((line): EntryLine => {
    const amount = -sign * amountOf(line.DocExtPrice);
    return {
      account: accountOf(line, invoice, context, transaction),
      currency: String(invoice.CurrencyCode),
      amount,
      bookAmount: converted(amount, rate, context.config.baseCurrency),
    };
  });
  const sum = (of: 'amount' | 'bookAmount'): bigint => posted.reduce((all, line) => all + line[of], 0n);
  const receivable: EntryLine = {
    account: controlAccount(context.company, 'AR', transaction),
    currency: String(invoice.CurrencyCode),
    amount: -sum('amount'),
    bookAmount: -sum('bookAmount'),
  };
  const number = postEntry(
    {
      journalCode: 'SJ',
      module: 'AR',
      date: invoice.ApplyDate,
      text: `${invoice.CreditMemo === true ? 'Credit memo' : 'Invoice'} ${invoice.InvoiceNum} ${String(invoice.Description)}`.trim(),
      of: { ARInvoiceNum: invoice.InvoiceNum ?? 0, GroupID: invoice.GroupID ?? '', CustNum: invoice.CustNum ?? 0 },
      lines: [receivable, ...posted],
    },
    context,
    transaction,
  );
  const [amount, base] = [amountColumn(receivable.amount), amountColumn(receivable.bookAmount)];
  const balances = { DocInvoiceBal: amount, InvoiceBal: base, InvoiceAmt: base, DocUnpostedBal: amount };
  save(
    tables.InvcHead,
    { ...invoice, ...balances, Posted: true, OpenInvoice: receivable.amount !== 0n, JournalCode: 'SJ', JournalNum: number },
    transaction,
  );
  return String(invoice.InvoiceNum);
}

function accountOf(line: Row, invoice: Row, context: PostingContext, transaction: Transaction): string {
  const own = transaction
    .rows('InvcDtlTGLC')
    .find((row) => row.Company === line.Company && row.InvoiceNum === line.InvoiceNum && row.InvoiceLine === line.InvoiceLine);
  return own ? String(own.GLAccount) : controlAccount(context.company, invoice.CreditMemo === true ? 'Returns' : 'Revenue', transaction);
}
