import { KineticError, methodAnswer } from '../answers.js';
import type { TableRules } from '../rows.js';
import { rowsOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Service } from './service.js';
import { companyRows, entitySet, getById, getNew, numberInput, textInput, update, updateExt } from './service.js';

const table = tables.Customer;
const contacts = tables.CustCnt;
const firstCustNum = 1_001;
const firstContact = 1;

/** Section 6.1. That CustID is compared without regard to case is assumed (database collation). */
const rules: TableRules = {
  adding(row, transaction) {
    const taken = transaction.rows(table.name).some((other) => other.Company === row.Company && same(other.CustID, row.CustID));
    if (taken)
      throw new KineticError('duplicate', `Duplicate entry. Customer ${row.CustID} already exists.`, {
        table: 'Customer',
        field: 'CustID',
      });
    row.CustNum = transaction.next(`CustNum~${row.Company}`, firstCustNum);
  },
  changing(row, before, transaction) {
    if (same(row.CustID, before.CustID)) return;
    const taken = transaction.rows(table.name).some((other) => other.Company === row.Company && same(other.CustID, row.CustID));
    if (taken)
      throw new KineticError('duplicate', `Duplicate entry. Customer ${row.CustID} already exists.`, {
        table: 'Customer',
        field: 'CustID',
      });
  },
  deleting(row, transaction) {
    // Assumed: a customer with receipts is kept.
    if (transaction.rows('CashHead').some((head) => head.Company === row.Company && head.CustNum === row.CustNum))
      throw new KineticError('business', 'Customer has transactions and cannot be deleted.', { table: 'Customer', field: 'CustNum' });
  },
};

function same(a: unknown, b: unknown): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}

/** Erp.BO.CustomerSvc: docs/reference/epicor-kinetic.md section 6.1; names of methods and parameters [verified]. */
export const customerService: Service = {
  name: 'Erp.BO.CustomerSvc',
  operations: {
    Customers: entitySet(table, { rules: () => rules }),
    GetByID: getById(table, (call) => ({ CustNum: numberInput(call, 'custNum') })),
    GetByCustID(call, transaction) {
      const custId = textInput(call, 'custID');
      const row = companyRows(table, call, transaction).find((one) => same(one.CustID, custId));
      if (!row) throw new KineticError('notFound', 'Record not found.');
      return methodAnswer({}, { Customer: [{ ...row, RowMod: '' }] });
    },
    // Which defaults a new row has is assumed, see section 6.1 for those that clients set themselves.
    GetNewCustomer: getNew(table, () => ({ CustomerType: 'CUS', CurrencyCode: 'USD' })),
    // Which territory and sales representative it proposes is assumed.
    GetCustomerTerritory(call) {
      const rows = rowsOf(call.input.ds, table).map((row) => ({
        ...row,
        TerritoryID: row.TerritoryID || 'US',
        SalesRepCode: row.SalesRepCode || 'HOUSE',
      }));
      return methodAnswer({ ds: { ...(call.input.ds as object), Customer: rows } });
    },
    Update: update(table, rules),
    UpdateExt: updateExt(table, rules),
  },
};

const contactRules: TableRules = {
  adding(row, transaction) {
    if (!transaction.row(table.name, `${row.Company}~${row.CustNum}`))
      throw new KineticError('business', 'Customer does not exist.', { table: 'CustCnt', field: 'CustNum' });
    row.ConNum = transaction.next(`ConNum~${row.Company}~${row.CustNum}`, firstContact);
  },
};

/** Erp.BO.CustCntSvc: section 6.1 (fields [verified]). */
export const customerContactService: Service = {
  name: 'Erp.BO.CustCntSvc',
  operations: {
    CustCnts: entitySet(contacts),
    GetByID: getById(contacts, (call) => ({
      CustNum: numberInput(call, 'custNum'),
      ShipToNum: textInput(call, 'shipToNum'),
      ConNum: numberInput(call, 'conNum'),
    })),
    GetNewCustCnt: getNew(contacts, (call) => ({ CustNum: numberInput(call, 'custNum'), ShipToNum: String(call.input.shipToNum ?? '') })),
    Update: update(contacts, contactRules),
    UpdateExt: updateExt(contacts, contactRules),
  },
};
