/** Limits on a displayed payload: nesting depth, number of values, length of a text. */
export interface JsonBounds {
  readonly depth: number;
  readonly values: number;
  readonly text: number;
}

/** Limits for one page: the browser has to render it, and JSON.stringify must not overflow the stack. */
export const pageBounds: JsonBounds = { depth: 100, values: 50_000, text: 100_000 };

interface Frame {
  readonly source: unknown;
  readonly depth: number;
  place(value: unknown): void;
}

/**
 * Limits JSON for display: a part that is too deep, too many or too long is replaced by a text that says so. Iterative, so that deep
 * nesting cannot overflow the stack.
 * @returns the same value, unchanged, when nothing had to be cut.
 */
export function boundedJson(value: unknown, bounds: JsonBounds = pageBounds): { readonly value: unknown; readonly cut: boolean } {
  let root: unknown;
  let count = 0;
  let cut = false;
  const open: Frame[] = [{ source: value, depth: 0, place: (made) => (root = made) }];
  for (let frame = open.pop(); frame; frame = open.pop()) {
    const { source, depth, place } = frame;
    count += 1;
    if (typeof source === 'string' && source.length > bounds.text) {
      cut = true;
      place(`${source.slice(0, bounds.text)}… (cut: ${source.length} characters)`);
    } else if (typeof source !== 'object' || source === null) place(source);
    else if (depth >= bounds.depth || count > bounds.values) {
      cut = true;
      place(depth >= bounds.depth ? `… (cut: nested deeper than ${bounds.depth})` : `… (cut: more than ${bounds.values} values)`);
    } else {
      const made: Record<string, unknown> | unknown[] = Array.isArray(source) ? [] : {};
      place(made);
      const entries = Object.entries(source);
      // The stack is last-in first-out: pushing in reverse order keeps the order of the value.
      for (const [name, item] of entries.reverse())
        open.push({ source: item, depth: depth + 1, place: (child) => define(made, name, child) });
    }
  }
  return cut ? { value: root, cut } : { value, cut };
}

/** Defines a property of any name: a plain assignment to `__proto__` would be lost. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
