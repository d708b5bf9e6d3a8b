import type { Answer } from '../answers.js';
import { KineticError, methodAnswer } from '../answers.js';
import { invoiceOf, reserve } from '../ledger/balances.js';
import { amountColumn, amountOf } from '../ledger/money.js';
import type { TableRules } from '../rows.js';
import { applyRows, keyOf, save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { openGroup } from './cash-group.js';
import type { Call } from './service.js';

const table = tables.CashDtl;

/** The parts of a cash head. */
export function detailsOf(head: Row, transaction: Transaction): Row[] {
  return transaction
    .rows(table.name)
    .filter((row) => row.Company === head.Company && row.GroupID === head.GroupID && row.HeadNum === head.HeadNum);
}

/**
 * @returns the open invoice that a part is applied to.
 * @throws {KineticError} when it is a credit memo ("a valid InvcHead record where InvcHead.CreditMemo = No" [verified]), not posted, of
 *   another customer or in another currency (the last three assumed).
 */
export function payableInvoice(row: Row, head: Row, transaction: Transaction): Row {
  const invoice = invoiceOf(String(head.Company), row.InvoiceNum, transaction);
  const at = { table: 'CashDtl', field: 'InvoiceNum' };
  const refuse = (why: string): never => {
    throw new KineticError('business', `Invoice ${String(row.InvoiceNum)} ${why}.`, at);
  };
  if (invoice.CreditMemo === true) refuse('is a credit memo');
  if (invoice.Posted !== true) refuse('is not posted');
  if (invoice.CustNum !== head.CustNum) refuse('is of another customer');
  if (invoice.CurrencyCode !== head.CurrencyCode) refuse('is in another currency');
  return invoice;
}

function headOf(row: Row, call: Call, transaction: Transaction): Row {
  const head = transaction.row('CashHead', keyOf(tables.CashHead, { Company: call.company, ...row }));
  if (!head || head.Posted === true)
    throw new KineticError('business', 'The receipt is not there, or it is posted.', { table: 'CashDtl', field: 'HeadNum' });
  return head;
}

function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      openGroup(row.GroupID, call, transaction);
      const head = headOf(row, call, transaction);
      const invoice = payableInvoice(row, head, transaction);
      const amount = amountOf(row.DocTranAmt);
      // The amount defaults to the lesser of the balance and what is left of the receipt: section 6.5 [verified], for GetNewCashDtl.
      if (amount <= 0n || amount > amountOf(head.DocUnAppliedAmt))
        throw new KineticError('business', 'The amount is more than what is left of the receipt.', {
          table: 'CashDtl',
          field: 'DocTranAmt',
        });
      reserve(invoice, amount, transaction);
      Object.assign(row, { TranDate: head.TranDate, CustNum: head.CustNum, CurrencyCode: head.CurrencyCode, Posted: false });
      const applied = amountOf(head.DocAppliedAmt) + amount;
      const left = amountOf(head.DocTranAmt) - applied;
      save(tables.CashHead, { ...head, DocAppliedAmt: amountColumn(applied), DocUnAppliedAmt: amountColumn(left) }, transaction);
    },
  };
}

/** UpdateMaster with ipTableName CashDtl: applies parts of a receipt to invoices. */
export function addDetails(call: Call, transaction: Transaction): Answer {
  const rows = applyRows(table, rules(call), call.input.ds, call.company, transaction);
  return methodAnswer({ ds: { CashDtl: rows }, opUnappliedBalance: 0, opUpdateRan: rows.length > 0 });
}

/** Takes the parts of a cash head that is not posted away and gives the balances of their invoices back. */
export function releaseDetails(head: Row, transaction: Transaction): void {
  for (const row of detailsOf(head, transaction)) {
    const amount = amountOf(row.DocTranAmt);
    reserve(invoiceOf(String(head.Company), row.InvoiceNum, transaction), amount < 0n ? amount : -amount, transaction);
    transaction.put(table.name, keyOf(table, row), null);
  }
}
