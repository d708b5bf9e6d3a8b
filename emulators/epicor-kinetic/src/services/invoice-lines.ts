import { KineticError } from '../answers.js';
import { checkAccount } from '../ledger/control-accounts.js';
import { amountColumn, amountOf, converted, documentRate, extended } from '../ledger/money.js';
import type { TableRules } from '../rows.js';
import { keyOf, save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import type { Call } from './service.js';

/** The lines of an invoice, in their order. */
export function linesOf(invoice: Row, transaction: Transaction): Row[] {
  return transaction
    .rows('InvcDtl')
    .filter((row) => row.Company === invoice.Company && row.InvoiceNum === invoice.InvoiceNum)
    .sort((a, b) => Number(a.InvoiceLine) - Number(b.InvoiceLine));
}

/** The accounts that its lines name. */
export function accountRowsOf(invoice: Row, transaction: Transaction): Row[] {
  return transaction.rows('InvcDtlTGLC').filter((row) => row.Company === invoice.Company && row.InvoiceNum === invoice.InvoiceNum);
}

/** Sum of the lines, thousandths, as they were entered: positive also for a credit memo. */
export function totalOf(lines: readonly Row[]): bigint {
  return lines.reduce((all, line) => all + amountOf(line.DocExtPrice), 0n);
}

/** The invoice of a line, not posted yet. @throws {KineticError} when it is not there or posted (texts assumed). */
function unposted(number: unknown, call: Call, transaction: Transaction): Row {
  const invoice = transaction.row('InvcHead', keyOf(tables.InvcHead, { Company: call.company, InvoiceNum: number as number }));
  const at = { table: 'InvcDtl', field: 'InvoiceNum' };
  if (!invoice) throw new KineticError('business', `Invoice ${String(number)} is invalid.`, at);
  if (invoice.Posted === true) throw new KineticError('business', `Invoice ${String(number)} is posted and cannot be changed.`, at);
  return invoice;
}

/**
 * Lines are numbered last + 1 (SNO:Erp_BO_ARInvoiceSvc.tsx, InvcDtlRow.InvoiceLine [verified]); a number that is given and free is kept
 * (assumed). Nothing makes a line unique but its number: the same line sent twice is two lines (assumed).
 */
export function lineRules(call: Call): TableRules {
  const price = (row: Row, invoice: Row): void => {
    if (String(row.PartNum) === '' && String(row.LineDesc) === '')
      throw new KineticError('business', 'LineDesc is required for a line without a part.', { table: 'InvcDtl', field: 'LineDesc' });
    const currency = String(invoice.CurrencyCode);
    const amount = extended(amountOf(row.DocUnitPrice), amountOf(row.SellingShipQty), currency);
    row.DocExtPrice = amountColumn(amount);
    row.ExtPrice = amountColumn(converted(amount, documentRate(invoice, call.config), call.config.baseCurrency));
  };
  return {
    adding(row, transaction) {
      const invoice = unposted(row.InvoiceNum, call, transaction);
      const taken = linesOf(invoice, transaction).map((line) => Number(line.InvoiceLine));
      if (Number(row.InvoiceLine) === 0 || taken.includes(Number(row.InvoiceLine))) row.InvoiceLine = Math.max(0, ...taken) + 1;
      row.LineType ||= 'PART';
      price(row, invoice);
    },
    changing: (row, _before, transaction) => price(row, unposted(row.InvoiceNum, call, transaction)),
    deleting(row, transaction) {
      const invoice = unposted(row.InvoiceNum, call, transaction);
      for (const account of accountRowsOf(invoice, transaction).filter(({ InvoiceLine }) => InvoiceLine === row.InvoiceLine))
        transaction.put('InvcDtlTGLC', keyOf(tables.InvcDtlTGLC, account), null);
    },
  };
}

/** One account per line; a second one replaces the first (assumed). */
export function accountRules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      const invoice = unposted(row.InvoiceNum, call, transaction);
      const lines = linesOf(invoice, transaction);
      if (Number(row.InvoiceLine) === 0) row.InvoiceLine = Number(lines.at(-1)?.InvoiceLine ?? 0);
      if (!lines.some(({ InvoiceLine }) => InvoiceLine === row.InvoiceLine))
        throw new KineticError('business', 'Invoice line is invalid.', { table: 'InvcDtlTGLC', field: 'InvoiceLine' });
      checkAccount(call.company, row.GLAccount, 'InvcDtlTGLC', transaction);
      row.TGLCTranNum = 1;
      row.IsModifiedByUser = true;
      transaction.put('InvcDtlTGLC', keyOf(tables.InvcDtlTGLC, row), null);
    },
  };
}

/** Totals of an invoice follow its lines; those of a credit memo are kept with a negative sign (SNO:Erp_BO_CashRecSvc.tsx [verified]). */
export function total(number: unknown, call: Call, transaction: Transaction): void {
  const invoice = transaction.row('InvcHead', keyOf(tables.InvcHead, { Company: call.company, InvoiceNum: number as number }));
  if (!invoice || invoice.Posted === true) return;
  const entered = totalOf(linesOf(invoice, transaction));
  const amount = invoice.CreditMemo === true ? -entered : entered;
  const base = converted(amount, documentRate(invoice, call.config), call.config.baseCurrency);
  const [doc, own] = [amountColumn(amount), amountColumn(base)];
  save(
    tables.InvcHead,
    { ...invoice, DocInvoiceAmt: doc, InvoiceAmt: own, DocInvoiceBal: doc, InvoiceBal: own, DocUnpostedBal: doc },
    transaction,
  );
}
