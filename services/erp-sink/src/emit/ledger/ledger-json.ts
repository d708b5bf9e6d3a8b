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
  const kept = list.map(storable);
  return kept.every((item, index) => item === list[index]) ? list : kept;
}

function storableObject(value: Record<string, unknown>): Record<string, unknown> {
  let changed: [string, unknown][] | undefined;
  const names = Object.keys(value);
  for (const [at, name] of names.entries()) {
    const [named, kept] = [storableName(name), storable(value[name])];
    if (!changed && (named !== name || kept !== value[name])) changed = names.slice(0, at).map((earlier) => [earlier, value[earlier]]);
    changed?.push([named, kept]);
  }
  return changed ? Object.fromEntries(changed) : value;
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
