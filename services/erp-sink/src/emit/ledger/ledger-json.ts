/** JSON with whole numbers beyond 2^53 kept whole (I5): bigint is `{"$bigint": "123"}`. */
export function toLedgerJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? { $bigint: inner.toString() } : inner));
}

/** The inverse, for a value that the driver has parsed already. */
export function fromLedgerJson<T>(value: unknown): T {
  return revive(value) as T;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  const { $bigint } = value as { $bigint?: unknown };
  if (typeof $bigint === 'string') return BigInt($bigint);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner)]));
}
