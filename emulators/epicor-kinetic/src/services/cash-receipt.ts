import { KineticError, methodAnswer } from '../answers.js';
import { fromScaled, fromThousandths, thousandths } from '../exact-json.js';
import { converted, documentRate, rateDecimals } from '../ledger/money.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { applyRow, applyRows, keyOf, save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { bankAmount } from './bank-account.js';
import { openGroup } from './cash-group.js';
import { addDetails, releaseDetails } from './cash-detail.js';
import type { Call, Service } from './service.js';
import { entitySet, getById, getNew, numberInput, playStale, textInput } from './service.js';

const table = tables.CashHead;
const firstHeadNum = 881;
/** Section 6.5 [verified]. */
const tranTypes = new Set(['PayInv', 'PrePay', 'MisPay', 'CMemo', 'Adjust']);

/** Rules of section 6.5. CheckRef and ExternalID are not unique [verified for CheckRef]: the same receipt twice is two receipts. */
function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      const group = openGroup(row.GroupID, call, transaction);
      row.TranDate ??= group.TranDate ?? null;
      row.BankAcctID = group.BankAcctID ?? '';
      row.BankCurrencyCode = group.BankCurrencyCode ?? '';
      check(row, call, transaction);
      const { year, period } = periodOf(dayOf(row.TranDate));
      row.FiscalYear = year;
      row.FiscalPeriod = period;
      row.HeadNum = transaction.next(`HeadNum~${row.Company}`, firstHeadNum);
    },
    changing(row, before, transaction) {
      if (before.Posted)
        throw new KineticError('business', 'The receipt is posted and cannot be changed.', { table: 'CashHead', field: 'HeadNum' });
      openGroup(row.GroupID, call, transaction);
      check(row, call, transaction);
    },
    deleting(row, transaction) {
      if (row.Posted)
        throw new KineticError('business', 'The receipt is posted and cannot be deleted.', { table: 'CashHead', field: 'HeadNum' });
      openGroup(row.GroupID, call, transaction);
      releaseDetails(row, transaction);
    },
    saved: (row, transaction) => total(row, transaction),
  };
}

function check(row: Row, call: Call, transaction: Transaction): void {
  const at = (field: string) => ({ table: 'CashHead', field });
  if (!tranTypes.has(String(row.TranType)))
    throw new KineticError('business', `Transaction type ${String(row.TranType)} is invalid.`, at('TranType'));
  checkOpen(row, 'CashHead', 'TranDate', call, transaction);
  const customer = transaction.row('Customer', `${row.Company}~${row.CustNum}`);
  if (row.TranType !== 'MisPay') {
    if (!customer) throw new KineticError('business', 'Customer is required.', at('CustNum'));
    // Whether an inactive customer takes receipts: assumed, see EMULATOR_INACTIVE_CUSTOMER.
    if (customer.Inactive === true && call.config.inactiveCustomer === 'refuse')
      throw new KineticError('business', 'Customer is inactive.', at('CustNum'));
    row.CustID = customer.CustID ?? '';
  }
  const amount = thousandths(row.DocTranAmt) ?? 0n;
  // Assumed: a receipt of zero or less is refused.
  if (amount <= 0n) throw new KineticError('business', 'Receipt amount must be greater than zero.', at('DocTranAmt'));
  // Base amounts follow the document amounts at the rate of the receipt; rounding is assumed.
  const rate = documentRate(row, call.config);
  row.ExchangeRate = fromScaled(rate, rateDecimals);
  row.TranAmt = fromThousandths(converted(amount, rate, call.config.baseCurrency));
  row.BankAmount = bankAmount(row, call);
  row.DocUnAppliedAmt = fromThousandths(amount - (thousandths(row.DocAppliedAmt) ?? 0n));
}

/** Totals of the group follow its receipts. */
function total(row: Row, transaction: Transaction): void {
  const key = keyOf(tables.CashGrp, row);
  const group = transaction.row('CashGrp', key);
  if (!group) return;
  const heads = transaction.rows('CashHead').filter((head) => head.Company === row.Company && head.GroupID === row.GroupID);
  const sum = (column: string): bigint => heads.reduce((all, head) => all + (thousandths(head[column]) ?? 0n), 0n);
  save(
    tables.CashGrp,
    { ...group, TotalCashReceived: fromThousandths(sum('DocTranAmt')), UnappliedBalance: fromThousandths(sum('DocUnAppliedAmt')) },
    transaction,
  );
}

const receipts = { only: (row: Readonly<Row>) => row.TranType !== 'CMemo' };

/** Erp.BO.CashRecSvc: docs/reference/epicor-kinetic.md section 6.5; methods and parameters [verified]. */
export const cashReceiptService: Service = {
  name: 'Erp.BO.CashRecSvc',
  operations: {
    // Applications of credit memos are cash heads as well; that this service leaves them out is assumed.
    CashRecs: entitySet(table, receipts),
    CashHeads: entitySet(table, receipts),
    GetByID: getById(table, (call) => ({ GroupID: textInput(call, 'groupID'), HeadNum: numberInput(call, 'headNum') })),
    GetNewCashHeadType(call, transaction) {
      const group = openGroup(textInput(call, 'groupID'), call, transaction);
      return getNew(table, () => ({
        GroupID: group.GroupID ?? '',
        TranType: textInput(call, 'tranType'),
        TranDate: group.TranDate ?? null,
        BankAcctID: group.BankAcctID ?? '',
        CurrencyCode: group.BankCurrencyCode ?? '',
      }))(call, transaction);
    },
    GetNewCashDtl: getNew(tables.CashDtl, (call) => ({
      GroupID: textInput(call, 'groupID'),
      HeadNum: numberInput(call, 'headNum'),
      InvoiceNum: numberInput(call, 'invoiceNum'),
      TranType: 'PayInv',
    })),
    DeleteByID(call, transaction) {
      const key = { GroupID: textInput(call, 'groupID'), HeadNum: numberInput(call, 'headNum'), RowMod: 'D' };
      applyRow(table, rules(call), key, call.company, transaction);
      return methodAnswer({});
    },
    UpdateMaster(call, transaction) {
      if (call.input.ipTableName === 'CashDtl') return addDetails(call, transaction);
      if (call.input.ipTableName !== 'CashHead')
        throw new KineticError('business', `Table ${String(call.input.ipTableName)} cannot be updated.`);
      playStale(table, call);
      const rows = applyRows(table, rules(call), call.input.ds, call.company, transaction);
      const unapplied = rows.reduce((all, row) => all + (thousandths(row.DocUnAppliedAmt) ?? 0n), 0n);
      return methodAnswer({ ds: { CashHead: rows }, opUnappliedBalance: fromThousandths(unapplied), opUpdateRan: rows.length > 0 });
    },
    Update: (call, transaction) => {
      playStale(table, call);
      return methodAnswer({ ds: { CashHead: applyRows(table, rules(call), call.input.ds, call.company, transaction) } });
    },
  },
};
