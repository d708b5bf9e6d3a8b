import { invoiceOf, settle } from '../ledger/balances.js';
import { controlAccount } from '../ledger/control-accounts.js';
import type { EntryLine } from '../ledger/entry.js';
import { exchangeDifference, postEntry } from '../ledger/entry.js';
import { amountOf } from '../ledger/money.js';
import type { PostingContext } from '../ledger/periods.js';
import { save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { detailsOf } from './cash-detail.js';

/**
 * Posts an application: each of its rows settles its invoice or credit memo, and receivables are credited for the one and debited for the
 * other; documents at two exchange rates leave a gain or a loss (CashDtlRow.TranType, "Debit is A/R account. Credit is gain/loss account"
 * [verified]; that both sides are posted although they are one account is assumed).
 */
export function postApplication(head: Row, context: PostingContext, transaction: Transaction): void {
  const account = controlAccount(context.company, 'AR', transaction);
  const lines = detailsOf(head, transaction).map((row): EntryLine => {
    const amount = amountOf(row.DocTranAmt);
    const part = amount < 0n ? -amount : amount;
    const book = settle(invoiceOf(context.company, row.InvoiceNum, transaction), part, context, transaction);
    save(tables.CashDtl, { ...row, Posted: true }, transaction);
    return {
      account,
      currency: String(row.CurrencyCode),
      amount,
      bookAmount: amount < 0n ? -book : book,
      of: { ARInvoiceNum: row.InvoiceNum ?? 0 },
    };
  });
  if (lines.length > 0)
    postEntry(
      {
        journalCode: 'CR',
        module: 'AR',
        date: head.TranDate,
        text: `Application of credit memo ${String(head.InvoiceNum)}`,
        of: { CRHeadNum: head.HeadNum ?? 0, GroupID: head.GroupID ?? '', CustNum: head.CustNum ?? 0 },
        lines: [...lines, ...exchangeDifference(lines, context, transaction)],
      },
      context,
      transaction,
    );
  save(tables.CashHead, { ...head, Posted: true }, transaction);
}
