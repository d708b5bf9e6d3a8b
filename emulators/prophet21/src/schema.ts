import type { Column, Table } from './columns.js';
import { int, text } from './columns.js';
import type { Udf } from './emulator.config.js';
import { fromScaled, isRawNumber, scaled } from './exact-json.js';
import type { Value } from './store.js';
import { tableNamed } from './tables/index.js';

/**
 * A table, or `<table>_ud`, which keeps the fields that the site added to it: its own number, the key of the base table, then the fields
 * (docs/reference/prophet21.md section 14 [verified]).
 */
export function tableOf(name: string, udfs: readonly Udf[]): Table | undefined {
  const own = tableNamed.get(name);
  const base = own ? undefined : tableNamed.get(name.replace(/_ud$/, ''));
  const fields = udfs.filter((udf) => udf.table === name);
  if (own || !base || fields.length === 0) return own;
  const keys = base.key.map((column) => [column, base.columns[column] as Column] as const);
  const added = fields.map((udf) => [udf.column, text(udf.length)] as const);
  return { name, key: base.key, columns: { [`${name}_uid`]: int, ...Object.fromEntries(keys), ...Object.fromEntries(added) } };
}

/**
 * A value as it is stored, from JSON or from the text of an edit.
 * @returns the reason when the column does not take it. Over-length is refused at the field (section 7.3 [verified there, for all columns
 *   assumed]); nothing is truncated.
 */
export function storedValue(name: string, column: Column, value: unknown): { readonly value: Value } | { readonly reason: string } {
  if (value === null || value === undefined || (value === '' && column.type !== 'text')) return { value: column.initial ?? null };
  const wrong = { reason: `${name}: ${JSON.stringify(value)} is not valid for this column.` };
  if (column.type === 'decimal' || column.type === 'int') {
    const number = scaled(value, column.decimals ?? 0);
    return number === undefined ? wrong : { value: fromScaled(number, column.decimals ?? 0) };
  }
  if (typeof value === 'object') return isRawNumber(value) ? storedValue(name, column, value.rawJSON) : wrong;
  const given = typeof value === 'boolean' ? (value ? 'Y' : 'N') : String(value);
  if (column.type === 'datetime') {
    const moment = dateTimeOf(given);
    return moment === undefined ? wrong : { value: moment };
  }
  if (column.max !== undefined && given.length > column.max)
    return { reason: `${name}: the value is longer than ${column.max} characters.` };
  return { value: given };
}

/** `YYYY-MM-DD`, with a time or without, or `MM/DD/YYYY` as the windows show it (assumed). */
function dateTimeOf(given: string): string | undefined {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(given) ?? [];
  const text = month ? `${year}-${month}-${day}` : given;
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?))?(?:Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (!match?.[1] || Number.isNaN(Date.parse(match[1]))) return undefined;
  return `${match[1]}T${match[2] ?? '00:00:00'}`;
}
