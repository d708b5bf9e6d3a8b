import { randomUUID } from 'node:crypto';
import { KineticError } from './answers.js';
import type { Table } from './schema.js';
import { checkRequired, emptyRow, stored } from './schema.js';
import type { Row, Transaction } from './store.js';

/** What a table does besides storing. Called before a row is stored; throws to refuse it. */
export interface TableRules {
  adding?(row: Row, transaction: Transaction): void;
  changing?(row: Row, before: Row, transaction: Transaction): void;
  deleting?(row: Row, transaction: Transaction): void;
  saved?(row: Row, transaction: Transaction): void;
}

/** Text assumed in docs/reference/epicor-kinetic.md section 7. */
export const staleText = "Row has been modified by another user and couldn't be updated";

/** The key of a row in its table. */
export function keyOf(table: Table, row: Row): string {
  return [row.Company, ...table.key.map((name) => row[name])].join('~');
}

/** First SysRevID: not 1, as on a server in use. */
const firstRevision = 5_001;

/** Stores a row under a new SysRevID. @returns the stored row. */
export function save(table: Table, row: Row, transaction: Transaction): Row {
  row.SysRevID = transaction.next('SysRevID', firstRevision);
  if (!row.SysRowID) row.SysRowID = randomUUID();
  transaction.put(table.name, keyOf(table, row), row);
  return row;
}

/** Rows of one table out of a dataset. */
export function rowsOf(ds: unknown, table: Table): Record<string, unknown>[] {
  const rows = (ds as Record<string, unknown> | undefined)?.[table.name];
  return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
}

/**
 * Applies the rows of a dataset by RowMod: A add, U update, D delete, blank unchanged (a before-image).
 * Source: docs/reference/epicor-kinetic.md section 4.2 [verified].
 * @returns the rows as they are now, RowMod blank.
 */
export function applyRows(table: Table, rules: TableRules, ds: unknown, company: string, transaction: Transaction): Row[] {
  return rowsOf(ds, table)
    .filter((given) => given.RowMod === 'A' || given.RowMod === 'U' || given.RowMod === 'D')
    .map((given) => applyRow(table, rules, given, company, transaction));
}

/** One row. @throws {KineticError} when a rule refuses it. */
export function applyRow(table: Table, rules: TableRules, given: Record<string, unknown>, company: string, transaction: Transaction): Row {
  const columns = { ...stored(table, given), Company: company };
  const row =
    given.RowMod === 'A'
      ? add(table, rules, columns, company, transaction)
      : given.RowMod === 'U'
        ? change(table, rules, columns, transaction)
        : remove(table, rules, columns, transaction);
  return { ...row, RowMod: '' };
}

function add(table: Table, rules: TableRules, columns: Row, company: string, transaction: Transaction): Row {
  const row: Row = { ...emptyRow(table, company), ...columns, SysRowID: '' };
  checkRequired(table, row);
  rules.adding?.(row, transaction);
  if (transaction.row(table.name, keyOf(table, row)))
    throw new KineticError('duplicate', `Duplicate entry. ${table.key.map((name) => row[name]).join(', ')} already exists.`);
  save(table, row, transaction);
  rules.saved?.(row, transaction);
  return row;
}

function change(table: Table, rules: TableRules, columns: Row, transaction: Transaction): Row {
  const before = current(table, columns, transaction);
  // Updates must start from a full row: section 4.2 [verified].
  checkRequired(table, { ...Object.fromEntries(Object.keys(table.columns).map((name) => [name, null])), ...columns });
  if (columns.SysRevID !== before.SysRevID) throw new KineticError('business', staleText, { table: table.name, field: 'SysRevID' });
  const row: Row = { ...before, ...columns, SysRowID: before.SysRowID ?? '' };
  rules.changing?.(row, before, transaction);
  save(table, row, transaction);
  rules.saved?.(row, transaction);
  return row;
}

function remove(table: Table, rules: TableRules, columns: Row, transaction: Transaction): Row {
  const before = current(table, columns, transaction);
  rules.deleting?.(before, transaction);
  transaction.put(table.name, keyOf(table, before), null);
  rules.saved?.(before, transaction);
  return before;
}

function current(table: Table, columns: Row, transaction: Transaction): Row {
  const found = transaction.row(table.name, keyOf(table, columns));
  if (!found) throw new KineticError('notFound', 'Record not found.');
  return found;
}
