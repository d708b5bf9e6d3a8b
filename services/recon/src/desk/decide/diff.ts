import type { Difference } from '@tributary/contracts';

export type { Difference };

/** Largest number of differences that are listed. */
const mostDifferences = 1_000;

interface Pair {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The paths at which two JSON values differ, in the order of the first value; at most {@link mostDifferences}. Iterative, so that deep
 * nesting cannot overflow the stack.
 */
export function difference(before: unknown, after: unknown, path = ''): Difference[] {
  const found: Difference[] = [];
  const open: Pair[] = [{ path, before, after }];
  for (let pair = open.pop(); pair && found.length < mostDifferences; pair = open.pop()) {
    const missing = !('before' in pair) || !('after' in pair);
    if (!missing && Object.is(pair.before, pair.after)) continue;
    const one = entriesOf(pair.before);
    const other = entriesOf(pair.after);
    if (missing || !one || !other || Array.isArray(pair.before) !== Array.isArray(pair.after)) found.push(pair);
    // The stack is last-in first-out: pushing in reverse order keeps the order of the value.
    else open.push(...childrenOf(pair, one, other).reverse());
  }
  return found;
}

function childrenOf({ path, before }: Pair, one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): Pair[] {
  return [...new Set([...one.keys(), ...other.keys()])].map((name) => ({
    path: Array.isArray(before) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`,
    ...(one.has(name) ? { before: one.get(name) } : {}),
    ...(other.has(name) ? { after: other.get(name) } : {}),
  }));
}

function entriesOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}
