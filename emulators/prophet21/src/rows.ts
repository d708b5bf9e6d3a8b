import { P21Error } from './answers.js';
import type { Column, Table } from './columns.js';
import { storedValue } from './schema.js';
import type { Row, Transaction, Value } from './store.js';

/** Who writes, when, and into what. */
export interface Writer {
  readonly user: string;
  readonly nowMs: number;
  readonly transaction: Transaction;
}

/** The key of a row in its table. */
export function keyOf(table: Table, row: Readonly<Row>): string {
  return table.key.map((name) => String(row[name])).join('~');
}

/** Now on the database server, without zone; that it is in UTC is assumed. */
export function serverTime(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 23);
}

/**
 * Columns of a table out of given values.
 * @throws {P21Error} for a column that is not there or does not take its value.
 */
export function columnsOf(table: Table, given: Readonly<Record<string, unknown>>): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(given)) {
    const column = table.columns[name];
    if (!column) throw new P21Error('server', `${table.name} has no column ${name}.`);
    const stored = storedValue(name, column, value);
    if ('reason' in stored) throw new P21Error('server', stored.reason);
    row[name] = stored.value;
  }
  return row;
}

/** Stores a new row with the defaults of the columns that are not given. @returns it. */
export function insert(table: Table, row: Readonly<Row>, { user, nowMs, transaction }: Writer): Row {
  const initial = Object.entries(table.columns).map(([name, column]: [string, Column]): [string, Value] => [name, column.initial ?? null]);
  const now = serverTime(nowMs);
  const kept: Row = { date_created: now, date_last_modified: now, last_maintained_by: user };
  const stored: Row = { ...Object.fromEntries(initial), ...kept, ...row };
  transaction.put(table.name, keyOf(table, stored), stored);
  return stored;
}

/** Stores changed columns of a row. @returns it. */
export function update(table: Table, before: Readonly<Row>, changes: Readonly<Row>, { user, nowMs, transaction }: Writer): Row {
  const kept: Row = { date_last_modified: serverTime(nowMs), last_maintained_by: user };
  const stored: Row = { ...before, ...changes, ...kept };
  transaction.put(table.name, keyOf(table, stored), stored);
  return stored;
}

/** The number of an id column, or of a text that holds one; 0 for none. */
export function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : Number(value ?? 0);
}
