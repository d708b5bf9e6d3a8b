import { invoiceOf, settle } from '../ledger/balances.js';
import { controlAccount } from '../ledger/control-accounts.js';
import type { EntryLine } from '../ledger/entry.js';
import { exchangeDifference, postEntry } from '../ledger/entry.js';
import { amountColumn, amountOf, companyRate, converted, documentRate } from '../ledger/money.js';
import type { PostingContext } from '../ledger/periods.js';
import { save } from '../rows.js';
import { emptyRow, tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { detailsOf } from './cash-detail.js';

/** First number of invoices and credit memos. */
export const firstInvoice = 30_001;

/**
 * Posts a receipt: the cash account of its bank account is debited with the amount in the bank's currency, receivables are credited with the
 * amount of the receipt, and what the two rates differ by goes to exchange gain or loss (that the cash account of the bank account is used
 * follows from SNO:Erp_BO_BankFundTranSvc.tsx, "the Bank Account's Cash ... Accounts" [verified]; the rest is assumed). Applied parts settle their
 * invoices; the remainder becomes a credit memo invoice with the suffix UR: section 6.5 [verified].
 */
export function postReceipt(head: Row, context: PostingContext, transaction: Transaction): void {
  const relieved = settleParts(head, context, transaction);
  const unapplied = amountOf(head.DocTranAmt) - amountOf(head.DocAppliedAmt);
  const memo = unapplied > 0n ? remainder(head, unapplied, context) : 0n;
  postReceiptEntry(head, relieved + memo, context, transaction);
  const creditMemo = unapplied > 0n ? creditMemoFor(head, unapplied, context, transaction) : 0;
  save(tables.CashHead, { ...head, Posted: true, CreditMemoNum: creditMemo }, transaction);
}

/** The entry of a receipt. @param relieved what receivables are relieved of, in the book. */
export function postReceiptEntry(head: Row, relieved: bigint, context: PostingContext, transaction: Transaction): void {
  const receivable: EntryLine = {
    account: controlAccount(context.company, 'AR', transaction),
    currency: String(head.CurrencyCode),
    amount: -amountOf(head.DocTranAmt),
    bookAmount: -relieved,
  };
  const all = [...receiptLines(head, context, transaction), receivable];
  postEntry(
    {
      journalCode: 'CR',
      module: 'AR',
      date: head.TranDate,
      text: `Receipt ${String(head.CheckRef)}`,
      of: { CRHeadNum: head.HeadNum ?? 0, GroupID: head.GroupID ?? '', CustNum: head.CustNum ?? 0, BankAcctID: head.BankAcctID ?? '' },
      lines: [...all, ...exchangeDifference(all, context, transaction)],
    },
    context,
    transaction,
  );
}

/** Without a rate between the two currencies the bank account takes the receipt's own (assumed). */
function receiptLines(head: Row, context: PostingContext, transaction: Transaction): EntryLine[] {
  const known = amountOf(head.BankAmount) !== 0n;
  const currency = String(known ? head.BankCurrencyCode || head.CurrencyCode : head.CurrencyCode);
  const amount = amountOf(known ? head.BankAmount : head.DocTranAmt);
  const rate = currency === head.CurrencyCode ? documentRate(head, context.config) : companyRate(currency, context.config);
  return [
    {
      account: controlAccount(context.company, `Cash ${String(head.BankAcctID)}`, transaction),
      currency,
      amount,
      bookAmount: converted(amount, rate, context.config.baseCurrency),
    },
  ];
}

/** @returns what the applied parts relieve receivables of, in the book. */
function settleParts(head: Row, context: PostingContext, transaction: Transaction): bigint {
  let book = 0n;
  for (const row of detailsOf(head, transaction)) {
    book += settle(invoiceOf(context.company, row.InvoiceNum, transaction), amountOf(row.DocTranAmt), context, transaction);
    save(tables.CashDtl, { ...row, Posted: true }, transaction);
  }
  return book;
}

/** An unapplied amount in the book. */
export const remainder = (head: Row, unapplied: bigint, { config }: PostingContext): bigint =>
  converted(unapplied, documentRate(head, config), config.baseCurrency);

/** Balances of credit memos carry a negative sign: section 6.4 [verified]. */
function creditMemoFor(head: Row, unapplied: bigint, context: PostingContext, transaction: Transaction): number {
  const number = transaction.next(`InvoiceNum~${head.Company}`, firstInvoice);
  const [amount, base] = [amountColumn(-unapplied), amountColumn(-remainder(head, unapplied, context))];
  save(
    tables.InvcHead,
    {
      ...emptyRow(tables.InvcHead, context.company),
      InvoiceNum: number,
      InvoiceSuffix: 'UR',
      InvoiceType: 'Mis',
      CreditMemo: true,
      UnappliedCash: true,
      CustNum: head.CustNum ?? 0,
      InvoiceDate: head.TranDate ?? null,
      ApplyDate: head.TranDate ?? null,
      CurrencyCode: head.CurrencyCode ?? '',
      ExchangeRate: head.ExchangeRate ?? 1,
      DocInvoiceAmt: amount,
      InvoiceAmt: base,
      DocInvoiceBal: amount,
      InvoiceBal: base,
      DocUnpostedBal: amount,
      OpenInvoice: true,
      Posted: true,
      HeadNum: head.HeadNum ?? 0,
      CheckRef: head.CheckRef ?? '',
    },
    transaction,
  );
  return number;
}
