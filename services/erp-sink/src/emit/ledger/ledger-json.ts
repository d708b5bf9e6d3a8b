import { setEntry } from '@tributary/domain';
import { fromStorable, toStorable, toStorableName } from './storable-text.js';

/**
 * JSON that PostgreSQL stores and that reads back exactly: a bigint is `{"$bigint": "123"}` (I5), and text is storable
 * (storable-text.ts), names of properties included.
 */
export function toLedgerJson(value: unknown): string {
  return JSON.stringify(storable(value));
}

/** A value as JSON.stringify may write it: the same object where nothing changes, which is nearly always. A function for JSON.stringify would be called for each property. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return toStorable(value);
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (Array.isArray(value)) return storableList(value);
  return isPlainObject(value) ? storableObject(value) : value;
}

function storableList(list: readonly unknown[]): readonly unknown[] {
  return list.every((item) => storable(item) === item) ? list : list.map(storable);
}

function storableObject(value: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const inner = value[name];
    const kept = storable(inner);
    const named = storableName(name);
    if (copy === undefined) {
      if (kept === inner && named === name) continue;
      copy = membersBefore(name, value);
    }
    setEntry(copy, named, kept);
  }
  return copy ?? value;
}

function membersBefore(name: string, value: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const earlier of Object.keys(value)) {
    if (earlier === name) break;
    setEntry(copy, earlier, value[earlier]);
  }
  return copy;
}

/** Names of properties that are storable as they are, since the same few come again and again. */
const storableNames = new Set<string>();
const mostNames = 2_000;

function storableName(name: string): string {
  if (storableNames.has(name)) return name;
  const named = toStorableName(name);
  if (named === name && storableNames.size < mostNames) storableNames.add(name);
  return named;
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
