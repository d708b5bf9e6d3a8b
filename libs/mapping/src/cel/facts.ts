import type { FieldType, RecordType } from '../language.js';

/**
 * A record as expressions see it: whole numbers are bigint, and a record that is null is a record of nulls, so that
 * `event.customer.name` is null rather than an error. present() tells the difference.
 */
export function boundRecord(type: RecordType, value: unknown): Record<string, unknown> {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const bound: Record<string, unknown> = {};
  for (const [name, fieldType] of type.fields) bound[name] = boundValue(fieldType, fields[name]);
  return bound;
}

function boundValue(type: FieldType, value: unknown): unknown {
  if (type.kind === 'record') return boundRecord(type.record, value);
  if (type.kind === 'text-map') return value ?? {};
  if (value === null || value === undefined) return null;
  return type.kind === 'integer' && typeof value === 'number' ? BigInt(value) : value;
}

/** Null, or a record or map without anything in it. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.values(value).every(isNothing);
}
