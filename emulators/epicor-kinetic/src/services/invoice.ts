import type { Answer } from '../answers.js';
import { KineticError, methodAnswer } from '../answers.js';
import { fromScaled } from '../exact-json.js';
import { documentRate, rateDecimals } from '../ledger/money.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { applyRow, applyRows, keyOf, rowsOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Table } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { openInvoiceGroup } from './invoice-group.js';
import { accountRowsOf, accountRules, lineRules, linesOf, total } from './invoice-lines.js';
import { firstInvoice } from './receipt-entry.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getNew, givenLines, numberInput, playStale, textInput } from './service.js';

const { InvcHead, InvcDtl, InvcDtlTGLC } = tables;
const refuse = (text: string, field: string): KineticError => new KineticError('business', text, { table: 'InvcHead', field });
/** Section 6.4 [verified]; the long names are those of the parameter of GetNewInvcHeadType (SNO:Erp_BO_ARInvoiceSvc.tsx [verified]). */
const invoiceTypes: Readonly<Record<string, string>> = { 'MISC-BILL': 'Mis', 'CREDIT-MEMO': 'Mis' };
const stored = new Set(['Shp', 'Adv', 'Dep', 'Mis']);

function check(row: Row, call: Call, transaction: Transaction): void {
  checkOpen(row, 'InvcHead', 'ApplyDate', call, transaction);
  if (!stored.has(String(row.InvoiceType))) throw refuse(`Invoice type ${String(row.InvoiceType)} is invalid.`, 'InvoiceType');
  if (!transaction.row('Customer', `${row.Company}~${row.CustNum}`)) throw refuse('Customer is required.', 'CustNum');
  // That reason codes of credit memos have the type CM, and that one which is not set up is refused, is assumed.
  if (row.CMReason !== '' && !transaction.row('Reason', `${row.Company}~CM~${String(row.CMReason)}`))
    throw refuse(`Reason code ${String(row.CMReason)} is invalid.`, 'CMReason');
  if (row.InvoiceRef !== 0 && !transaction.row('InvcHead', `${row.Company}~${row.InvoiceRef}`))
    throw refuse(`Invoice ${String(row.InvoiceRef)} is invalid.`, 'InvoiceRef');
}

/** Rules of sections 6.4 and 6.6. ExternalID and our own columns are not unique: the same invoice twice is two invoices (assumed). */
function headRules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      const group = openInvoiceGroup(row.GroupID, call, transaction);
      row.InvoiceDate ??= group.InvoiceDate ?? null;
      row.ApplyDate ??= group.ApplyDate ?? null;
      check(row, call, transaction);
      const { year, period } = periodOf(dayOf(row.ApplyDate));
      Object.assign(row, { FiscalYear: year, FiscalPeriod: period, EntryPerson: call.user, Posted: false, OpenInvoice: true });
      row.InvoiceSuffix = row.CreditMemo === true ? 'CM' : '';
      row.ExchangeRate = fromScaled(documentRate(row, call.config), rateDecimals);
      row.InvoiceNum = transaction.next(`InvoiceNum~${row.Company}`, firstInvoice);
    },
    changing(row, before, transaction) {
      if (before.Posted === true) throw refuse('The invoice is posted and cannot be changed.', 'InvoiceNum');
      if (row.CreditMemo !== before.CreditMemo) throw refuse('CreditMemo cannot be changed.', 'CreditMemo');
      openInvoiceGroup(before.GroupID, call, transaction);
      check(row, call, transaction);
    },
    deleting(row, transaction) {
      if (row.Posted === true) throw refuse('The invoice is posted and cannot be deleted.', 'InvoiceNum');
      openInvoiceGroup(row.GroupID, call, transaction);
      for (const [table, rows] of [
        [InvcDtl, linesOf(row, transaction)],
        [InvcDtlTGLC, accountRowsOf(row, transaction)],
      ] as const)
        for (const one of rows) transaction.put(table.name, keyOf(table, one), null);
    },
  };
}

type Given = Record<string, unknown>;

/** Rows of a table whose invoice number is 0 belong to the invoice that is new in the same dataset (assumed). */
function children(table: Table, rules: TableRules, given: readonly Given[], number: unknown, call: Call, transaction: Transaction): Row[] {
  return given
    .filter(({ RowMod }) => RowMod === 'A' || RowMod === 'U' || RowMod === 'D')
    .map((row) => applyRow(table, rules, row.InvoiceNum === 0 ? { ...row, InvoiceNum: number } : row, call.company, transaction));
}

/** Stores a dataset as one transaction: a refused line undoes its header, too. "One REST call = one transaction": section 7 [verified]. */
function saveDataset(call: Call, transaction: Transaction): Row[] {
  playStale(InvcHead, call);
  const heads = applyRows(InvcHead, headRules(call), call.input.ds, call.company, transaction);
  const number = heads.at(-1)?.InvoiceNum;
  const given = givenLines(InvcDtl, call);
  const leftOut = rowsOf(call.input.ds, InvcDtl).filter((row) => !given.includes(row));
  const lines = children(InvcDtl, lineRules(call), given, number, call, transaction);
  // A line that a fault leaves out takes its account with it.
  const named = rowsOf(call.input.ds, InvcDtlTGLC).filter((row) => !leftOut.some((line) => line.InvoiceLine === row.InvoiceLine));
  const accounts = children(InvcDtlTGLC, accountRules(call), named, number, call, transaction);
  const numbers = new Set([...heads, ...lines, ...accounts].map((row) => row.InvoiceNum));
  for (const one of numbers) total(one, call, transaction);
  return [...numbers].flatMap((one) => {
    const head = transaction.row('InvcHead', keyOf(InvcHead, { Company: call.company, InvoiceNum: one as number }));
    return head ? [head] : [];
  });
}

function datasetOf(heads: readonly Row[], transaction: Transaction): Record<string, Row[]> {
  const marked = (row: Row): Row => ({ ...row, RowMod: '' });
  return {
    InvcHead: heads.map(marked),
    InvcDtl: heads.flatMap((head) => linesOf(head, transaction)).map(marked),
    InvcDtlTGLC: heads.flatMap((head) => accountRowsOf(head, transaction)).map(marked),
  };
}

const updateMaster: Operation = (call, transaction): Answer => {
  const heads = saveDataset(call, transaction);
  return methodAnswer({ ds: datasetOf(heads, transaction), opGenMessage: '', opLtrCrdMsg: '', lUpdateRan: heads.length > 0 });
};

const getInvoice: Operation = (call, transaction) => {
  const head = transaction.row('InvcHead', keyOf(InvcHead, { Company: call.company, InvoiceNum: numberInput(call, 'invoiceNum') }));
  if (!head) throw new KineticError('notFound', 'Record not found.');
  return methodAnswer({}, datasetOf([head], transaction));
};

/** Erp.BO.ARInvoiceSvc: docs/reference/epicor-kinetic.md sections 6.4 and 6.6; names in SNO:Erp_BO_ARInvoiceSvc.tsx [verified]. */
export const invoiceService: Service = {
  name: 'Erp.BO.ARInvoiceSvc',
  operations: {
    ARInvoices: entitySet(InvcHead),
    InvcDtls: entitySet(InvcDtl),
    InvcDtlTGLCs: entitySet(InvcDtlTGLC),
    GetByID: getInvoice,
    GetNewInvcHeadType(call, transaction) {
      const type = textInput(call, 'InvoiceType');
      const group = openInvoiceGroup(textInput(call, 'GroupID'), call, transaction);
      return getNew(InvcHead, () => ({
        GroupID: group.GroupID ?? '',
        InvoiceType: invoiceTypes[type] ?? type,
        CreditMemo: type === 'CREDIT-MEMO',
        InvoiceDate: group.InvoiceDate ?? null,
        ApplyDate: group.ApplyDate ?? null,
        CurrencyCode: call.config.baseCurrency,
      }))(call, transaction);
    },
    GetNewInvcDtl: getNew(InvcDtl, (call) => ({ InvoiceNum: numberInput(call, 'invoiceNum') })),
    GetNewInvcDtlTGLC: getNew(InvcDtlTGLC, (call) => ({
      InvoiceNum: numberInput(call, 'invoiceNum'),
      InvoiceLine: numberInput(call, 'invoiceLine'),
    })),
    UpdateMaster: updateMaster,
    Update: (call, transaction) => methodAnswer({ ds: datasetOf(saveDataset(call, transaction), transaction) }),
    DeleteByID(call, transaction) {
      const key = { InvoiceNum: numberInput(call, 'invoiceNum'), RowMod: 'D' };
      applyRow(InvcHead, headRules(call), key, call.company, transaction);
      return methodAnswer({});
    },
  },
};
