import type { Answer } from './answers.js';
import { KineticError, ok } from './answers.js';
import { isRawNumber } from './exact-json.js';
import { odataFilter } from './odata-filter.js';
import type { Table } from './schema.js';
import { columnOf } from './schema.js';
import type { Row, Value } from './store.js';

/** Most rows of one answer; `$top` above it is capped silently: docs/reference/epicor-kinetic.md section 4.1 [verified]. */
export const rowLimit = 100;

const known = new Set(['$select', '$filter', '$orderby', '$top', '$skip', '$count', 'api-key']);

/**
 * `$select,$filter,$orderby,$top,$skip,$count` over rows. There is no nextLink: section 4.1 [verified].
 * @param context the `@odata.context` of the answer.
 */
export function odataRead(table: Table, rows: readonly Readonly<Row>[], query: URLSearchParams, context: string): Answer {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.has(name)) throw new KineticError('odata', `The query parameter '${name}' is not supported.`);
  }
  const filter = query.get('$filter');
  const matching = filter ? rows.filter(odataFilter(filter, table)) : [...rows];
  const skip = whole(query, '$skip') ?? 0;
  const end = skip + Math.min(whole(query, '$top') ?? rowLimit, rowLimit);
  const page = first(end, matching, ordering(table, query.get('$orderby'))).slice(skip);
  const select = query.get('$select');
  return ok({
    '@odata.context': context,
    ...(query.get('$count') === 'true' ? { '@odata.count': matching.length } : {}),
    value: select ? page.map((row) => selected(table, row, select)) : page,
  });
}

function selected(table: Table, row: Readonly<Row>, select: string): Row {
  return Object.fromEntries(
    select.split(',').map((part) => {
      const name = part.trim();
      const column = columnOf(table, name);
      if (!column) throw new KineticError('odata', `Could not find a property named '${name}' on type 'Erp.${table.name}'.`);
      return [name, row[name] ?? column.initial ?? null];
    }),
  );
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw new KineticError('odata', `Invalid value '${text}' for ${name} query option.`);
  return Number(text);
}

type Ordering = (a: Readonly<Row>, b: Readonly<Row>) => number;

function ordering(table: Table, orderBy: string | null): Ordering | undefined {
  if (!orderBy) return undefined;
  const parts = orderBy.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/);
    if (!columnOf(table, name)) throw new KineticError('odata', `Could not find a property named '${name}' on type 'Erp.${table.name}'.`);
    return { name, sign: direction === 'desc' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { name, sign } of parts) {
      const difference = compare(a[name], b[name]);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
}

/** The first rows in that order, without putting all the others in order, too: a page of a large table takes one pass. */
function first(count: number, rows: readonly Readonly<Row>[], order: Ordering | undefined): Readonly<Row>[] {
  if (!order || rows.length <= count) return (order ? [...rows].sort(order) : rows).slice(0, count);
  const kept: Readonly<Row>[] = [];
  for (const row of rows) {
    let at = kept.length;
    // Equal rows stay in the order they were stored.
    while (at > 0 && order(kept[at - 1] as Readonly<Row>, row) > 0) at -= 1;
    if (at >= count) continue;
    kept.splice(at, 0, row);
    if (kept.length > count) kept.pop();
  }
  return kept;
}

function compare(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [a, b].map((value) => (isRawNumber(value) ? Number(value.rawJSON) : value));
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return String(x ?? '') < String(y ?? '') ? -1 : String(x ?? '') > String(y ?? '') ? 1 : 0;
}
