import { Refusal } from '../answers.js';
import { dateOf } from '../data/dates.js';
import type { Table } from '../data/columns.js';
import type { Input } from '../data/rows.js';
import { columnsOf, shown } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { trialBalanceRows } from '../ledger/books.js';
import { tableNamed, tables } from '../tables/index.js';
import type { Call, Operation } from './call.js';
import { listOf, objectOf, reads, textOf } from './call.js';

type Comparable = string | number;

/** Comparisons of quick query; their spelling is assumed. Without one, `%` in the value makes it LIKE (section 2.1 [verified wildcard]). */
const comparisons: Readonly<Record<string, (one: Comparable, other: Comparable) => boolean>> = {
  '=': (one, other) => one === other,
  '<>': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

const like = (pattern: string): RegExp =>
  new RegExp(
    `^${[...pattern].map((char) => (char === '%' ? '.*' : char === '_' ? '.' : char.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'))).join('')}$`,
    'is',
  );

/** One filter as a test of rows; texts compare without regard to case and trailing blanks (section 3 [assumed collation]). */
function testOf(table: Table, filter: Input, call: Call): (row: Readonly<Row>) => boolean {
  const name = textOf(filter.name);
  const [column, kind] = columnsOf(table, call.config).find(([known]) => known.toLowerCase() === name.toLowerCase()) ?? [];
  if (!column || !kind) throw new Refusal(`Invalid column name '${name}'.`);
  const text = textOf(filter.value);
  const type = textOf(filter.comparisonType).toUpperCase() || (kind.kind === 'text' && text.includes('%') ? 'LIKE' : '=');
  if (type === 'LIKE') return (row) => like(text).test(String(row[column] ?? ''));
  const compare = comparisons[type];
  if (!compare) throw new Refusal(`Comparison type '${type}' is not valid.`);
  if (kind.kind === 'text') return (row) => compare(String(row[column] ?? '').toUpperCase(), text.toUpperCase());
  const other = kind.kind === 'date' ? dateOf(text) : Number(text);
  if (other === undefined || other !== other) throw new Refusal(`Conversion failed for the value '${text}' of ${column}.`);
  return (row) => compare(row[column] ?? 0, other);
}

/** The trial balance is a view of sums; every other table is stored. */
const sourceOf = (table: Table, transaction: Transaction): readonly Readonly<Row>[] =>
  table.name === tables.TrialBalance.name ? trialBalanceRows(transaction) : transaction.rows(table.name);

function compared(table: Table, one: Readonly<Row>, other: Readonly<Row>): number {
  for (const column of table.key) {
    const [a, b] = [one[column] ?? '', other[column] ?? ''];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** Rows of a table that meet all filters, in the order of its key. */
function rowsOf(table: Table, filters: readonly Input[], call: Call, most = Number.POSITIVE_INFINITY): Record<string, unknown>[] {
  const tests = filters.map((filter) => testOf(table, filter, call));
  const found = call.commit((transaction) => sourceOf(table, transaction).filter((row) => tests.every((test) => test(row))));
  const ordered = [...found].sort((one, other) => compared(table, one, other));
  return ordered.slice(0, most).map((row) => shown(table, row, call.config));
}

/** Views are `QQ_` and a table's name, in any case: section 2.4 [assumed]. */
function viewOf(name: string): Table {
  const [, of = ''] = /^QQ_(\w+)$/i.exec(name) ?? [];
  const table = tableNamed(of);
  if (!table) throw new Refusal(`Invalid object name '${name}'.`);
  return table;
}

/** `/customer/query` with pairs of name and value: section 2.1 [verified]. */
export const customerQuery = reads(
  (call, args) => rowsOf(tables.Customer, listOf(args.filters), call),
  (errorMessage) => ({ errorMessage }),
);

/** `pageSize` limits the rows; its name is assumed. */
function pageOf(query: unknown): number | undefined {
  const size = Number(objectOf(query).pageSize ?? 0);
  return Number.isInteger(size) && size > 0 ? size : undefined;
}

/** `/quickQuery/{ViewName}`: section 2.1 [verified]. */
export const quickQuery: Readonly<Record<string, Operation>> = {
  getQuickQuery: reads(
    (call, args) => ({
      errorMessage: '',
      myQueryResults: { Table: rowsOf(viewOf(textOf(args.viewName)), listOf(objectOf(args.query).filters), call, pageOf(args.query)) },
    }),
    (errorMessage) => ({ errorMessage, myQueryResults: { Table: [] } }),
  ),
};
