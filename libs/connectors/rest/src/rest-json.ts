import { CallOutcomeError, decimalToken } from '@tributary/connector-kit';
import type { ErpDocument, ErpFields } from '@tributary/connector-kit';
import type { RestKind } from './service-file.js';

/** JSON as it is sent and answered. */
export type Json = Record<string, unknown>;

/** The value below a dotted path, as text; '' when it is not there. */
export function textAt(body: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Json | null | undefined)?.[name], body);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function put(body: Json, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const at = names.reduce((inner, name) => (inner[name] ??= {}) as Json, body);
  at[last] = value;
}

/** A call that brought no result. */
export { CallOutcomeError as RestCallError };

const wrong = (field: string, expected: string): CallOutcomeError =>
  new CallOutcomeError({ kind: 'rejected', code: 'rest.field-invalid', field, text: `${field} has to be ${expected}` });

/** The body that stores a document, with its posting key planted. @throws {RestCallError} */
export function bodyOf(document: ErpDocument, kind: RestKind): Json {
  const body: Json = {};
  put(body, kind.key, document.postingKey);
  fill(body, document.fields, kind);
  for (const { table, key, fields } of document.lines) {
    const place = kind.lines[table];
    if (!place) throw wrong(table, `one of the tables ${Object.keys(kind.lines).join(', ')}`);
    const line: Json = {};
    put(line, place.key, key);
    fill(line, fields, kind);
    body[place.to] = [...((body[place.to] as Json[] | undefined) ?? []), line];
  }
  return body;
}

function fill(body: Json, fields: ErpFields, kind: RestKind): void {
  for (const [name, value] of Object.entries(fields)) {
    const how = kind.fields[name];
    if (!how) throw wrong(name, `one of the fields ${Object.keys(kind.fields).join(', ')}`);
    if (value === null) continue;
    put(body, how.to, valueOf(name, String(value), how));
  }
}

/** A value as it is sent. @throws {RestCallError} */
function valueOf(name: string, text: string, { type, length }: RestKind['fields'][string]): unknown {
  const need = (fits: boolean, expected: string): void => {
    if (!fits) throw wrong(name, expected);
  };
  if (type === 'boolean') return text === 'true';
  if (type === 'text') need([...text].length <= length, `at most ${length} characters`);
  else if (type === 'decimal') need(/^-?\d{1,30}(\.\d{1,15})?$/.test(text), 'a decimal number');
  else need(/^\d{4}-\d{2}-\d{2}$/.test(text), 'a date YYYY-MM-DD');
  return type === 'decimal' ? decimalToken(text) : type === 'datetime' ? `${text}T00:00:00Z` : text;
}
