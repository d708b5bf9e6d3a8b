/** Whether a value is null, or a record or map that holds nothing. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  if (value instanceof Map) return value.size === 0;
  return Object.values(value).every(isNothing);
}
