import { isRawNumber, fromThousandths, thousandths } from './exact-json.js';
import { KineticError } from './answers.js';
import type { Row, Value } from './store.js';

interface Column {
  readonly type: 'text' | 'int' | 'decimal' | 'bool' | 'date';
  /** Longest text, characters. */
  readonly max?: number;
  /** Must not be blank when a row is saved. */
  readonly required?: boolean;
  readonly initial?: Value;
}

export interface Table {
  readonly name: string;
  readonly entitySet: string;
  /** Key columns after Company. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

const text = (max: number, more: Partial<Column> = {}): Column => ({ type: 'text', max, initial: '', ...more });
const required = (max: number): Column => text(max, { required: true });
const int: Column = { type: 'int', initial: 0 };
const decimal: Column = { type: 'decimal', initial: 0 };
const bool: Column = { type: 'bool', initial: false };
const date: Column = { type: 'date', initial: null };
/** Longest text of a UD column of ours; the site chooses it when it adds the column. Assumed. */
const udLength = 1000;

/** Kept by the server in every table: docs/reference/epicor-kinetic.md section 4.3 [verified]. */
const system = { SysRevID: int, SysRowID: text(36) };

/**
 * Names: docs/reference/epicor-kinetic.md sections 6.1 and 6.5 [verified]. Lengths: section 4.4 (CustID, CurrencyCode verified;
 * CheckRef, Reference, GroupID, ExternalID, EMailAddress, Name assumed there); every length not listed there is assumed here.
 * BankAcct, and BankAcctID, BankCurrencyCode and BankAmount of CashHead: names in SNO:Erp_BO_BankAcctSvc.tsx and Erp_BO_CashRecSvc.tsx
 * [verified], but for BankAcct.CurrencyCode and BankName, which are assumed.
 * Which fields are required is assumed but for CustID, CheckRef and TranType (sections 6.1, 6.5 [verified]).
 */
export const tables = {
  Customer: {
    name: 'Customer',
    entitySet: 'Customers',
    key: ['CustNum'],
    columns: {
      Company: text(8),
      CustNum: int,
      CustID: required(10),
      Name: required(50),
      Address1: text(50),
      Address2: text(50),
      Address3: text(50),
      City: text(50),
      State: text(50),
      Zip: text(10),
      Country: text(50),
      CountryNum: int,
      PhoneNum: text(20),
      EMailAddress: text(50),
      CurrencyCode: required(4),
      TermsCode: required(4),
      TerritoryID: required(8),
      SalesRepCode: text(8),
      GroupCode: text(4),
      TaxRegionCode: text(4),
      CustomerType: text(3),
      CreditHold: bool,
      CreditLimit: decimal,
      CheckDuplicatePO: bool,
      ExternalID: text(20),
      Inactive: bool,
      Comment: text(1000),
      ...system,
    },
  },
  CustCnt: {
    name: 'CustCnt',
    entitySet: 'CustCnts',
    key: ['CustNum', 'ShipToNum', 'ConNum'],
    columns: {
      Company: text(8),
      CustNum: int,
      ShipToNum: text(14),
      ConNum: int,
      Name: required(50),
      EMailAddress: text(50),
      PhoneNum: text(20),
      PrimaryBilling: bool,
      Inactive: bool,
      ...system,
    },
  },
  BankAcct: {
    name: 'BankAcct',
    entitySet: 'BankAccts',
    key: ['BankAcctID'],
    columns: { Company: text(8), BankAcctID: required(10), BankName: text(50), CurrencyCode: required(4), ...system },
  },
  CashGrp: {
    name: 'CashGrp',
    entitySet: 'CashGrps',
    key: ['GroupID'],
    columns: {
      Company: text(8),
      GroupID: required(9),
      TranDate: { type: 'date', initial: null, required: true },
      BankAcctID: required(10),
      FiscalYear: int,
      FiscalPeriod: int,
      CreatedBy: text(75),
      ActiveUserID: text(75),
      BankCurrencyCode: text(4),
      LockStatus: text(20),
      PostErrorLog: text(4000),
      TotalCashReceived: decimal,
      UnappliedBalance: decimal,
      ...system,
    },
  },
  CashHead: {
    name: 'CashHead',
    entitySet: 'CashRecs',
    key: ['GroupID', 'HeadNum'],
    columns: {
      Company: text(8),
      GroupID: required(9),
      HeadNum: int,
      TranType: required(10),
      CustNum: int,
      CustID: text(10),
      CheckRef: required(100),
      TranDate: date,
      CurrencyCode: required(4),
      ExchangeRate: { type: 'decimal', initial: 1 },
      DocTranAmt: decimal,
      TranAmt: decimal,
      DocAppliedAmt: decimal,
      DocUnAppliedAmt: decimal,
      Reference: text(50),
      ExternalID: text(20),
      PMUID: int,
      PayMethodReference: text(50),
      CCTranID: text(50),
      BankAcctID: text(10),
      BankCurrencyCode: text(4),
      BankAmount: decimal,
      OnAccount: bool,
      Posted: bool,
      CreditMemoNum: int,
      ...system,
    },
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;

/** `_c` columns hold customers' own fields; the data model merges them into the base table: section 6.1 [verified]. */
export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns[name] ?? (/^\w+_c$/.test(name) ? { type: 'text', max: udLength, initial: '' } : undefined);
}

/** A row with the defaults of every column. */
export function emptyRow(table: Table, company: string): Row {
  const row: Row = {};
  for (const [name, column] of Object.entries(table.columns)) row[name] = (column as Column).initial ?? null;
  return { ...row, Company: company };
}

/**
 * The columns of a row as they are stored. Names are case-sensitive and have to exist: section 2 [verified]; that a save
 * refuses an unknown column with an ODataException is assumed.
 * @throws {KineticError} for an unknown column, a text that is too long (assumed: refused, not truncated) or a value of another type.
 */
export function stored(table: Table, given: Readonly<Record<string, unknown>>): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'RowMod') continue;
    const column = columnOf(table, name);
    if (!column) throw new KineticError('odata', `The property '${name}' does not exist on type 'Erp.Tablesets.${table.name}Row'.`);
    row[name] = storedValue(table, name, column, value);
  }
  return row;
}

function storedValue(table: Table, name: string, column: Column, value: unknown): Value {
  const at = { table: table.name, field: name };
  const wrong = (): KineticError => new KineticError('business', `${name}: ${JSON.stringify(value)} is not a valid ${column.type}.`, at);
  if (value === null) return column.initial ?? null;
  if (column.type === 'bool') {
    if (typeof value !== 'boolean') throw wrong();
    return value;
  }
  if (column.type === 'int') {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong();
    return value;
  }
  if (column.type === 'decimal') {
    const amount = thousandths(value);
    if (amount === undefined) throw wrong();
    return fromThousandths(amount);
  }
  if (typeof value !== 'string') {
    // Custom columns take any plain value: their type is the site's.
    if (!name.endsWith('_c') || (typeof value === 'object' && !isRawNumber(value))) throw wrong();
    return value as Value;
  }
  if (column.type === 'date') return storedDate(value, wrong);
  if (column.max !== undefined && value.length > column.max)
    throw new KineticError('business', `${name} exceeds the maximum length of ${column.max} characters.`, at);
  return value;
}

/** `YYYY-MM-DDT00:00:00` without zone: section 4.3 [verified]; that a bare date is taken too is assumed. */
function storedDate(value: string, wrong: () => KineticError): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00)?$/.exec(value);
  if (!match?.[1] || Number.isNaN(Date.parse(match[1]))) throw wrong();
  return `${match[1]}T00:00:00`;
}

/** @throws {KineticError} naming the first column that must not be blank. */
export function checkRequired(table: Table, row: Row): void {
  for (const [name, column] of Object.entries(table.columns)) {
    if ((column as Column).required && (row[name] === '' || row[name] === null || row[name] === undefined))
      throw new KineticError('business', `${name} is required.`, { table: table.name, field: name });
  }
}
