import { ok, P21Error } from '../answers.js';
import type { Call, Route } from '../call.js';
import { objectOf } from '../call.js';
import type { Column, Table } from '../columns.js';
import { columnsOf, keyOf, numberOf } from '../rows.js';
import { tableOf } from '../schema.js';
import type { Row } from '../store.js';

const firstUid = 1;

/**
 * Stores the values of `UserDefinedFields` in the `_ud` table of a row: docs/reference/prophet21.md section 7.1 [verified that they are given
 * so]. A field that is not defined is refused (assumed).
 * @throws {P21Error} 500.
 */
export function saveUdfs(base: Table, row: Readonly<Row>, given: unknown, call: Call): void {
  if (given === undefined || given === null) return;
  const values = objectOf(given);
  if (Object.keys(values).length === 0) return;
  const name = `${base.name}_ud`;
  const table = tableOf(name, call.config.udfs);
  const defined = call.config.udfs.filter((udf) => udf.table === name).map(({ column }) => column);
  const unknown = Object.keys(values).find((column) => !defined.includes(column));
  if (!table || unknown !== undefined) throw new P21Error('server', `User defined field ${unknown ?? ''} is not defined for ${base.name}.`);
  const keys = Object.fromEntries(base.key.map((column) => [column, row[column] ?? null]));
  const before = call.transaction.row(name, keyOf(table, keys));
  const uid = before?.[`${name}_uid`] ?? call.transaction.next(`${name}_uid`, firstUid);
  call.transaction.put(name, keyOf(table, keys), { ...before, ...keys, [`${name}_uid`]: uid, ...columnsOf(table, values) });
}

const sqlTypes = { text: 'varchar', decimal: 'decimal', int: 'int', datetime: 'datetime' } as const;

function fieldsOf(table: Table, named: boolean): object[] {
  const keys = new Set([...table.key, `${table.name}_uid`]);
  return Object.entries(table.columns).map(([ColumnName, column]: [string, Column], index) => ({
    TableName: named ? table.name : null,
    ColumnName,
    DisplayName: ColumnName,
    ColumnOrder: index + 1,
    DataType: sqlTypes[column.type],
    Length: column.max ?? null,
    Precision: column.max ?? null,
    DecimalPlaces: column.decimals ?? null,
    IsNullable: keys.has(ColumnName) ? 'N' : 'Y',
  }));
}

function udTables(call: Call): Table[] {
  const names = [...new Set(call.config.udfs.map(({ table }) => table))].sort();
  return names.flatMap((name) => tableOf(name, call.config.udfs) ?? []);
}

function grouped(table: Table): object {
  return { TableName: table.name, BaseTableName: table.name.replace(/_ud$/, ''), UserDefinedFields: { list: fieldsOf(table, false) } };
}

/** Definitions of the fields: section 14 [verified shapes]. */
export const udfRoutes: readonly Route[] = (
  [
    ['/', 'list', (call: Call) => ok({ list: udTables(call).flatMap((table) => fieldsOf(table, true)) })],
    ['/ping', 'ping', () => ok({ ResponseMessage: 'success' }, 'PingResponse')],
    ['/help', 'help', () => ({ status: 200, body: 'Operations at extensibility/userdefinedfields' })],
    ['/tables', 'tables', (call: Call) => ok({ list: udTables(call).map(grouped) })],
    [
      '/tables/([^/]+)',
      'table',
      (call: Call) => {
        // The name of the `_ud` table in any case; that of the base table is 404: section 14 [verified].
        const table = udTables(call).find(({ name }) => name === call.args[0]?.toLowerCase());
        if (!table) throw new P21Error('notFound', 'Your query did not yield any results.');
        return ok(grouped(table));
      },
    ],
  ] as const
).map(([tail, operation, handler]) => ({
  method: 'GET',
  path: new RegExp(`^/api/extensibility/userdefinedfields${tail}$`),
  service: 'extensibility/userdefinedfields',
  operation: () => operation,
  handler,
}));

/** The number in an id property; undefined when there is none. */
export function givenId(value: unknown): number | undefined {
  return value === undefined || value === null || value === '' ? undefined : numberOf(value as Row[string]);
}
