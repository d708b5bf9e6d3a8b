const known = new WeakSet();

/** Marks a record of nulls, so that {@link isNothing} need not inspect its fields again. */
export function markNothing(record: object): void {
  known.add(record);
}

/** Whether a value is null, or a record or map without any value in it. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  if (value instanceof Map) return value.size === 0;
  if (known.has(value)) return true;
  return Object.values(value).every(isNothing);
}
