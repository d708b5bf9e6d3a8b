import type { EmulatorConfig } from '../emulator.config.js';
import { BadRequest, Refusal } from '../answers.js';
import { dateOf, noDate } from './dates.js';
import type { Column, Table } from './columns.js';
import type { Row, Transaction, Value } from './store.js';

/** An object as a door hands it on. */
export type Input = Readonly<Record<string, unknown>>;

type RowConfig = Pick<EmulatorConfig, 'overlong' | 'customFields'>;

/** The columns of a table with those that the site added. How a site adds columns is in no source: assumed. */
export function columnsOf(table: Table, { customFields }: Pick<EmulatorConfig, 'customFields'>): [string, Column][] {
  const added = [...customFields].flatMap(([name, length]): [string, Column][] => {
    const [of, column = ''] = name.split('.');
    return of === table.name ? [[column, { kind: 'text', length }]] : [];
  });
  return [...Object.entries(table.columns), ...added];
}

function empty(column: Column): Value {
  if (column.kind === 'text') return '';
  return column.kind === 'date' ? noDate : 0;
}

/** A row with every column empty. */
export function emptyRow(table: Table, config: RowConfig): Row {
  return Object.fromEntries(columnsOf(table, config).map(([name, column]) => [name, empty(column)]));
}

/**
 * What a caller sends for a row, over `base`. Names are matched in any case and unknown ones are ignored, as the JSON reader of .NET does (assumed); null
 * leaves the column as it is (assumed). A text that is too long is cut without a word (section 2.3 [verified]).
 * @throws {BadRequest} for a value of another type.
 */
export function readRow(table: Table, input: Input, base: Row, config: RowConfig): Row {
  const given = new Map(Object.entries(input).map(([name, value]) => [name.toLowerCase(), value]));
  const row = { ...base };
  for (const [name, column] of columnsOf(table, config)) {
    const value = given.get(name.toLowerCase());
    if (value !== undefined && value !== null) row[name] = read(`${table.name}.${name}`, column, value, config);
  }
  return row;
}

function read(name: string, column: Column, value: unknown, config: RowConfig): Value {
  if (column.kind === 'text') return readText(name, column.length, value, config);
  if (column.kind === 'date') {
    const day = dateOf(value);
    if (day === undefined) throw new BadRequest(`The value '${String(value)}' of ${name} is not a valid date.`);
    return day;
  }
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new BadRequest(`The value '${String(value)}' of ${name} is not a number.`);
  if (column.kind === 'short' && !Number.isInteger(number)) throw new BadRequest(`The value '${number}' of ${name} is not a whole number.`);
  return number;
}

/** Trailing blanks do not count in CHAR columns. Case is kept here; keys compare without it (section 3 [assumed]). */
function readText(name: string, length: number, value: unknown, { overlong }: RowConfig): string {
  if (typeof value === 'object') throw new BadRequest(`The value of ${name} is not a text.`);
  const text = String(value).trimEnd();
  if (text.length <= length || overlong === 'store') return text;
  if (overlong === 'error') throw new Refusal(`String or binary data would be truncated: ${name} holds ${length} characters.`);
  return text.slice(0, length).trimEnd();
}

/** A row as SL answers it: CHAR columns padded with blanks to their length (section 2.3 [verified]). */
export function shown(table: Table, row: Row, config: RowConfig): Record<string, Value> {
  return Object.fromEntries(
    columnsOf(table, config).map(([name, column]) => {
      const value = row[name] ?? empty(column);
      return [name, column.kind === 'text' ? String(value).padEnd(column.length) : value];
    }),
  );
}

/** The key of a row in the store. Keys compare without regard to case (section 3 [assumed]). */
export function keyOf(table: Table, row: Row): string {
  return table.key.map((column) => String(row[column] ?? '').toUpperCase()).join('~');
}

/** Puts a row under its key. */
export function put(table: Table, row: Row, transaction: Transaction): Row {
  transaction.put(table.name, keyOf(table, row), row);
  return row;
}

/** Whether two texts of CHAR columns are the same to SQL Server: trailing blanks and case do not count (section 3 [assumed]). */
export function same(one: unknown, other: unknown): boolean {
  return (
    String(one ?? '')
      .trimEnd()
      .toUpperCase() ===
    String(other ?? '')
      .trimEnd()
      .toUpperCase()
  );
}
