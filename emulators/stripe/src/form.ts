/** A request's parameters: nested maps, lists and texts. */
export type Parameters = { [name: string]: string | Parameters | (string | Parameters)[] };

const deepest = 5;

/**
 * Decodes `application/x-www-form-urlencoded` with brackets, as Stripe's API takes it: `a[b]=1`, `expand[]=x`, `expand[0]=x`.
 * Source: docs/reference/stripe.md, sections 5 and 6; the nesting limit is assumed.
 */
export function decodeForm(text: string): Parameters {
  const result: Parameters = {};
  for (const [path, value] of new URLSearchParams(text)) {
    const [first = '', ...rest] = path.replaceAll(']', '').split('[');
    set(result, [first, ...rest].slice(0, deepest), value);
  }
  return normalised(result) as Parameters;
}

function set(target: Parameters, path: readonly string[], value: string): void {
  const [head = '', ...rest] = path;
  if (head === '__proto__' || head === 'constructor') return;
  const name = head === '' ? String(Object.keys(target).length) : head;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const next = target[name];
  const child: Parameters = typeof next === 'object' && !Array.isArray(next) ? next : {};
  target[name] = child;
  set(child, rest, value);
}

/** Maps whose keys are 0, 1, 2... are lists. */
function normalised(value: Parameters[string]): Parameters[string] {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, normalised(part)] as const);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? (entries.map(([, part]) => part) as (string | Parameters)[]) : Object.fromEntries(entries);
}
