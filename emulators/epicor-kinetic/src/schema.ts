import { fromScaled, isRawNumber, scaled } from './exact-json.js';
import { KineticError } from './answers.js';
import type { Column, Table } from './columns.js';
import type { Row, Value } from './store.js';

export type { Table } from './columns.js';
export { tables } from './tables/index.js';

/** Longest text of a UD column of ours; the site chooses it when it adds the column. Assumed. */
const udLength = 1000;
/** Decimals kept of amounts (section 4.4: prices 17,3) and of exchange rates (BankRcptExchangeRate10D [verified name], so ten). */
const decimalsOf = { decimal: 3, rate: 10 } as const;

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
  if (column.type === 'decimal' || column.type === 'rate') {
    const amount = scaled(value, decimalsOf[column.type]);
    if (amount === undefined) throw wrong();
    return fromScaled(amount, decimalsOf[column.type]);
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
