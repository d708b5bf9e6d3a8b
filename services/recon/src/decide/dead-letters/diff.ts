/** One place in which two JSON values are different. */
export interface Difference {
  readonly path: string;
  /** Absent: it was not there. */
  readonly before?: unknown;
  /** Absent: it is not there any more. */
  readonly after?: unknown;
}

/** Every place in which two JSON values are different, in the order of the first one. */
export function difference(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return [];
  const one = entriesOf(before);
  const other = entriesOf(after);
  if (!one || !other || Array.isArray(before) !== Array.isArray(after)) return [{ path, before, after }];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.flatMap((name) => {
    const at = Array.isArray(before) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    if (!other.has(name)) return [{ path: at, before: one.get(name) }];
    if (!one.has(name)) return [{ path: at, after: other.get(name) }];
    return difference(one.get(name), other.get(name), at);
  });
}

function entriesOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}
