import { ODataError } from '../answers.js';
import type { Table } from '../columns.js';
import { scaled } from '../exact-json.js';
import type { Row, Value } from '../store.js';
import { FilterParser, odataColumn } from './filter.js';

/**
 * `$select,$filter,$orderby,$top,$skip,$count` over rows: docs/reference/prophet21.md section 5 [verified]. There is no server paging and no
 * nextLink [verified]. Options that are not known are ignored (assumed).
 * @throws {ODataError} 404.
 */
export function odataRead(table: Table, rows: readonly Readonly<Row>[], query: URLSearchParams): Record<string, unknown> {
  const column = (name: string) => odataColumn(table, name);
  const filter = query.get('$filter');
  const functions = ['contains', 'startswith', 'endswith'];
  const matching = filter ? rows.filter(new FilterParser(filter, { functions, column }).parse()) : [...rows];
  const ordered = inOrder(table, matching, query.get('$orderby'));
  const skip = whole(query, '$skip') ?? 0;
  const page = ordered.slice(skip, skip + (whole(query, '$top') ?? ordered.length));
  const select =
    query
      .get('$select')
      ?.split(',')
      .map((name) => column(name.trim()).name) ?? Object.keys(table.columns);
  return {
    '@odata.context': `$metadata#${table.name}`,
    ...(query.get('$count') === 'true' ? { '@odata.count': matching.length } : {}),
    value: page.map((row) => Object.fromEntries(select.map((name) => [name, row[name] ?? null]))),
  };
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw new ODataError(`Invalid value '${text}' for ${name} query option.`);
  return Number(text);
}

function inOrder(table: Table, rows: Readonly<Row>[], orderBy: string | null): Readonly<Row>[] {
  if (!orderBy) return rows;
  const parts = orderBy.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/);
    return { ...odataColumn(table, name), sign: direction === 'desc' ? -1 : 1 };
  });
  return rows.sort((a, b) => {
    for (const { name, column, sign } of parts) {
      const difference = compare(a[name], b[name], column.type === 'decimal' || column.type === 'int');
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
}

const orderedDecimals = 9;

function compare(a: Value | undefined, b: Value | undefined, numbers: boolean): number {
  if (numbers) {
    const [x, y] = [scaled(a, orderedDecimals) ?? 0n, scaled(b, orderedDecimals) ?? 0n];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const [x, y] = [String(a ?? '').toLowerCase(), String(b ?? '').toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}
