import type { EmulatorConfig } from './emulator.config.js';
import { amountColumn, amountOf } from './ledger/money.js';
import { save } from './rows.js';
import { emptyRow, tables } from './schema.js';
import { postReceiptEntry, remainder } from './services/receipt-entry.js';
import type { Row, Store } from './store.js';

/**
 * A store of a version that had no general ledger: its posted receipts get their entries, and their credit memos the balances that they
 * lack, so that the books agree with the documents from the first start on.
 */
export function bookEarlierReceipts(store: Store, config: EmulatorConfig): void {
  if (store.rows('GLJrnDtl').length > 0) return;
  const posted = store.rows('CashHead').filter((head) => head.Posted === true);
  const context = { company: config.company, user: config.user, config, nowMs: Date.now() };
  for (const stored of posted)
    store.transaction((transaction) => {
      const head: Row = { ...emptyRow(tables.CashHead, config.company), ...stored };
      const amount = amountOf(head.DocTranAmt);
      postReceiptEntry(head, remainder(head, amount, context), context, transaction);
      const memo = transaction.row('InvcHead', `${config.company}~${String(head.CreditMemoNum)}`);
      if (!memo) return;
      const [open, base] = [amountColumn(-amount), amountColumn(-remainder(head, amount, context))];
      const balances = { DocUnpostedBal: open, InvoiceAmt: base, InvoiceBal: base, HeadNum: head.HeadNum ?? 0 };
      save(tables.InvcHead, { ...emptyRow(tables.InvcHead, config.company), ...memo, ...balances }, transaction);
    });
}
