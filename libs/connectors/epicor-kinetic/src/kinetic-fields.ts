import type { ErpDocument, ErpLine } from '@tributary/connector-kit';
import { KineticNotDoneError } from './kinetic-errors.js';
import type { KineticRow, Scalar } from './kinetic-json.js';
import { numberToken } from './kinetic-json.js';

/** Columns that are not text. Source: docs/reference/epicor-kinetic.md sections 4.3, 6.1 and 6.5. Columns ending in `_c` keep the type they come with. */
const decimals = new Set([
  'DocTranAmt',
  'TranAmt',
  'ExchangeRate',
  'CreditLimit',
  'BankReceiptAmt',
  'ToDocTranAmt',
  'SellingShipQty',
  'DocUnitPrice',
  'DebitAmount',
  'CreditAmount',
]);
const integers = new Set(['CustNum', 'CountryNum', 'PMUID', 'HeadNum', 'InvoiceNum', 'InvoiceRef', 'CMInvoiceNum', 'CashHeadNum']);
const dates = new Set(['TranDate', 'InvoiceDate', 'ApplyDate', 'JEDate']);

/**
 * Document fields as columns of a row. Units: decimals are decimal text in major units and become JSON numbers digit by
 * digit (I5); dates get Kinetic's midnight; null leaves a column as it is, '' empties a text column.
 * @throws {KineticNotDoneError} code `kinetic.field-invalid` when a value is not of its column's type.
 */
export function columnsOf(document: ErpDocument, leaveOut: ReadonlySet<string>): KineticRow {
  const row: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(document.fields)) {
    if (value !== null && !leaveOut.has(name)) row[name] = column(document.postingKey, name, value);
  }
  return row;
}

/** Fields of one line as columns of its row. @throws {KineticNotDoneError} as columnsOf; the field is named with its table. */
export function lineColumnsOf(document: ErpDocument, line: ErpLine): KineticRow {
  const row: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(line.fields))
    if (value !== null) row[name] = column(`${document.postingKey}, ${line.table} ${line.key}`, name, value);
  return row;
}

function column(where: string, name: string, value: string | boolean | bigint): Scalar {
  const text = String(value);
  const invalid = (expected: string): KineticNotDoneError =>
    new KineticNotDoneError('kinetic.field-invalid', `${where}: ${name} has to be ${expected}, not "${text.slice(0, 40)}"`, name);
  if (typeof value === 'boolean') return value;
  if (decimals.has(name)) {
    try {
      return numberToken(text);
    } catch {
      throw invalid('a decimal number');
    }
  }
  if (integers.has(name) || typeof value === 'bigint') {
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) throw invalid('a whole number');
    return Number(text);
  }
  if (!dates.has(name)) return text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw invalid('a date YYYY-MM-DD');
  return `${text}T00:00:00`;
}
