import { fromStorable, toStorable, toStorableName } from './storable-text.js';

/**
 * JSON that PostgreSQL stores and that reads back exactly: a bigint is `{"$bigint": "123"}` (I5), and text is storable
 * (storable-text.ts), names of properties included.
 */
export function toLedgerJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return { $bigint: inner.toString() };
    if (typeof inner === 'string') return toStorable(inner);
    return isPlainObject(inner) ? withNames(inner, toStorableName) : inner;
  });
}

/** The inverse of {@link toLedgerJson}, for a value that the driver has parsed already. */
export function fromLedgerJson<T>(value: unknown): T {
  return revive(value) as T;
}

function revive(value: unknown): unknown {
  if (typeof value === 'string') return fromStorable(value);
  if (Array.isArray(value)) return value.map(revive);
  if (!isPlainObject(value)) return value;
  const { $bigint } = value as { $bigint?: unknown };
  if (typeof $bigint === 'string') return BigInt($bigint);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [fromStorable(name), revive(inner)]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The same object when no name changes, which is nearly always. */
function withNames(value: Record<string, unknown>, rename: (name: string) => string): Record<string, unknown> {
  return Object.keys(value).every((name) => rename(name) === name)
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [rename(name), inner]));
}
