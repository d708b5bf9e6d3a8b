import type { Answer } from '../answers.js';
import { KineticError, methodAnswer } from '../answers.js';
import { fromScaled } from '../exact-json.js';
import { invoiceOf, reserve } from '../ledger/balances.js';
import { amountColumn, amountOf, documentRate, rateDecimals } from '../ledger/money.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { applyRows, keyOf, save } from '../rows.js';
import { emptyRow, tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { detailsOf, payableInvoice, releaseDetails } from './cash-detail.js';
import { openGroup } from './cash-group.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getNew, givenLines, numberInput, textInput } from './service.js';

const { CashHead, CashDtl } = tables;
/** Heads of receipts and applications share their numbers (assumed; both are CashHead). */
const firstHeadNum = 881;

const refuse = (text: string, field: string): KineticError => new KineticError('business', text, { table: 'CashHead', field });

/** A credit memo that is applied to invoices: InvoiceNum is the memo (SNO:Erp_BO_ApplyCreditMemoSvc.tsx, CashHeadRow.InvoiceNum [verified]). */
function headRules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      openGroup(row.GroupID, call, transaction);
      if (row.TranType !== 'CMemo') throw refuse('Transaction type has to be CMemo.', 'TranType');
      const memo = invoiceOf(call.company, row.InvoiceNum, transaction);
      if (memo.CreditMemo !== true || memo.Posted !== true)
        throw refuse('The credit memo is not posted, or it is an invoice.', 'InvoiceNum');
      row.TranDate ??= openGroup(row.GroupID, call, transaction).TranDate ?? null;
      checkOpen(row, 'CashHead', 'TranDate', call, transaction);
      const { year, period } = periodOf(dayOf(row.TranDate));
      Object.assign(row, { CustNum: memo.CustNum, CurrencyCode: memo.CurrencyCode, FiscalYear: year, FiscalPeriod: period });
      row.ExchangeRate = fromScaled(documentRate(memo, call.config), rateDecimals);
      row.CheckRef ||= String(memo.InvoiceNum);
      row.DocAppliedAmt = 0;
      row.HeadNum = transaction.next(`HeadNum~${row.Company}`, firstHeadNum);
    },
    deleting(row, transaction) {
      if (row.Posted === true) throw refuse('The application is posted and cannot be deleted.', 'HeadNum');
      releaseDetails(row, transaction);
    },
  };
}

/**
 * Applies a part to an invoice, as two rows: one with the invoice, negative, and one with the memo, positive, each naming the other in
 * InvoiceRef (SNO:Erp_BO_CashRecSvc.tsx, CashDtlRow.InvoiceRef and DocTranAmt [verified]).
 */
function applyPart(given: Record<string, unknown>, head: Row, transaction: Transaction): Row[] {
  const [invoiceNum, amount] = [given.InvoiceNum as number, amountOf(given.DocTranAmt as Row[string])];
  if (amount <= 0n)
    throw new KineticError('business', 'DocTranAmt has to be greater than zero.', { table: 'CashDtl', field: 'DocTranAmt' });
  const invoice = payableInvoice({ InvoiceNum: invoiceNum }, head, transaction);
  reserve(invoice, amount, transaction);
  reserve(invoiceOf(String(head.Company), head.InvoiceNum, transaction), amount, transaction);
  const row = (of: unknown, ref: unknown, sum: bigint): Row => ({
    ...emptyRow(CashDtl, String(head.Company)),
    GroupID: head.GroupID ?? '',
    HeadNum: head.HeadNum ?? 0,
    InvoiceNum: of as number,
    InvoiceRef: ref as number,
    TranType: 'CMemo',
    TranDate: head.TranDate ?? null,
    CustNum: head.CustNum ?? 0,
    CurrencyCode: head.CurrencyCode ?? '',
    DocTranAmt: amountColumn(sum),
  });
  const rows = [row(invoiceNum, head.InvoiceNum, -amount), row(head.InvoiceNum, invoiceNum, amount)];
  for (const one of rows) {
    if (transaction.row(CashDtl.name, keyOf(CashDtl, one)))
      throw new KineticError('duplicate', `Duplicate entry. Invoice ${invoiceNum} is already in this application.`);
    save(CashDtl, one, transaction);
  }
  const applied = amountOf(head.DocAppliedAmt) + amount;
  head.DocAppliedAmt = amountColumn(applied);
  save(CashHead, { ...head }, transaction);
  return rows;
}

function updateApplication(call: Call, transaction: Transaction): Answer {
  const heads = applyRows(CashHead, headRules(call), call.input.ds, call.company, transaction);
  const details = givenLines(CashDtl, call)
    .filter(({ RowMod }) => RowMod === 'A')
    .flatMap((given) => {
      // A part with the number 0 belongs to the head of the same dataset (assumed).
      const number = given.HeadNum === 0 || given.HeadNum === undefined ? heads.at(-1)?.HeadNum : given.HeadNum;
      const key = keyOf(CashHead, { Company: call.company, GroupID: String(given.GroupID), HeadNum: Number(number) });
      const head = transaction.row(CashHead.name, key);
      if (!head || head.Posted === true) throw refuse('The application is not there, or it is posted.', 'HeadNum');
      openGroup(head.GroupID, call, transaction);
      return applyPart(given, head, transaction);
    });
  const now = heads.map((head) => ({ ...(transaction.row(CashHead.name, keyOf(CashHead, head)) ?? head), RowMod: '' }));
  return methodAnswer({ ds: { CashHead: now, CashDtl: details.map((row) => ({ ...row, RowMod: '' })) } });
}

const getApplication: Operation = (call, transaction) => {
  const key = keyOf(CashHead, { Company: call.company, GroupID: textInput(call, 'groupID'), HeadNum: numberInput(call, 'headNum') });
  const head = transaction.row(CashHead.name, key);
  if (!head) throw new KineticError('notFound', 'Record not found.');
  const marked = (row: Row): Row => ({ ...row, RowMod: '' });
  return methodAnswer({}, { CashHead: [marked(head)], CashDtl: detailsOf(head, transaction).map(marked) });
};

/** Removes an application that is not posted and gives both balances back: method text of DeleteCashDetails [verified]. */
const deleteApplication: Operation = (call, transaction) => {
  const number = numberInput(call, 'ipHeadNum');
  const head = transaction
    .rows(CashHead.name)
    .find((row) => row.Company === call.company && row.HeadNum === number && row.TranType === 'CMemo');
  if (!head) throw new KineticError('notFound', 'Record not found.');
  headRules(call).deleting?.(head, transaction);
  transaction.put(CashHead.name, keyOf(CashHead, head), null);
  return methodAnswer({});
};

/** Erp.BO.ApplyCreditMemoSvc: section 6.6; names in SNO:Erp_BO_ApplyCreditMemoSvc.tsx [verified]. */
export const creditApplicationService: Service = {
  name: 'Erp.BO.ApplyCreditMemoSvc',
  operations: {
    ApplyCreditMemoes: entitySet(CashHead, { only: (row) => row.TranType === 'CMemo' }),
    CashDtls: entitySet(CashDtl, { only: (row) => row.TranType === 'CMemo' }),
    GetByID: getApplication,
    GetNewCreditPayment: getNew(CashHead, (call) => ({ GroupID: textInput(call, 'inGroupID'), TranType: 'CMemo' })),
    GetNewCashDtl: getNew(CashDtl, (call) => ({
      GroupID: textInput(call, 'groupID'),
      HeadNum: numberInput(call, 'headNum'),
      InvoiceNum: numberInput(call, 'invoiceNum'),
      TranType: 'CMemo',
    })),
    Update: updateApplication,
    DeleteCashDetails: deleteApplication,
  },
};
