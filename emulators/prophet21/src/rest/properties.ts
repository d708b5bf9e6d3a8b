import type { Table } from '../columns.js';
import type { Row } from '../store.js';

/**
 * Names of properties: those of the columns without underscores, each part with a capital. Sections 6, 7.1 and 7.7 verify some
 * (CustomerName, YearForPeriod); that all follow this rule is assumed.
 */
export function propertyOf(column: string): string {
  return column
    .split('_')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}

/** Properties that are named otherwise: section 14 [verified Taxable, Delete]. */
const renamed: Readonly<Record<string, string>> = { taxable_flag: 'Taxable', delete_flag: 'Delete' };
const nameOf = (column: string): string => renamed[column] ?? propertyOf(column);

/** A row as an object of a REST family. */
export function objectFrom(table: Table, row: Readonly<Row>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(table.columns).map((column) => [nameOf(column), row[column] ?? null]));
}

/**
 * The columns that an object gives, in the order in which it gives them. Properties that are not known, and null, are ignored without a word
 * (assumed).
 */
export function columnsIn(table: Table, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const byName = new Map(Object.keys(table.columns).map((column) => [nameOf(column), column]));
  const known = Object.entries(given).flatMap(([name, value]) => {
    const column = byName.get(name);
    return column === undefined || value === null ? [] : [[column, value] as const];
  });
  return Object.fromEntries(known);
}

/** The column of a property, for `$query`. */
export function columnNamed(table: Table, property: string): string | undefined {
  return Object.keys(table.columns).find((column) => nameOf(column) === property);
}
