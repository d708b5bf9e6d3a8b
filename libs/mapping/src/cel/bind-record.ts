import type { FieldType, RecordType } from '../language.js';
import { markNothing } from './is-nothing.js';

/**
 * A record for expressions: whole numbers are bigint, and a record that is null is a record of nulls, so that `event.customer.name` is null
 * instead of an error. present() distinguishes the two.
 */
export function bindRecord(type: RecordType, value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return nothingOf(type);
  const fields = value as Readonly<Record<string, unknown>>;
  const bound: Record<string, unknown> = {};
  for (const [name, fieldType] of type.fields) bound[name] = bindValue(fieldType, fields[name]);
  return bound;
}

const nothings = new WeakMap<RecordType, Record<string, unknown>>();

/** The record of nulls of a type. It is cached: a fact contains many, and expressions cannot change them. */
function nothingOf(type: RecordType): Record<string, unknown> {
  const known = nothings.get(type);
  if (known) return known;
  const made: Record<string, unknown> = {};
  for (const [name, fieldType] of type.fields) made[name] = bindValue(fieldType, null);
  nothings.set(type, made);
  markNothing(made);
  return made;
}

function bindValue(type: FieldType, value: unknown): unknown {
  if (type.kind === 'record') return bindRecord(type.record, value);
  // A Map, because users choose the keys: in a plain object, a key called `constructor` would replace an inherited property.
  if (type.kind === 'text-map') return new Map(Object.entries((value ?? {}) as Readonly<Record<string, string>>));
  if (type.kind === 'record-list') return ((value ?? []) as readonly unknown[]).map((one) => bindRecord(type.record, one));
  if (value === null || value === undefined) return null;
  return type.kind === 'integer' && typeof value === 'number' ? BigInt(value) : value;
}
