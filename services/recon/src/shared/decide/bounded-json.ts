/** Deepest nesting, most values and longest text that are shown of a payload. */
export interface JsonBounds {
  readonly depth: number;
  readonly values: number;
  readonly text: number;
}

/** Bounds for one page: a browser renders them, and JSON.stringify does not run out of stack. */
export const pageBounds: JsonBounds = { depth: 100, values: 50_000, text: 100_000 };

interface Frame {
  readonly source: unknown;
  readonly depth: number;
  place(value: unknown): void;
}

/**
 * JSON within bounds, for showing: what is deeper, more or longer is replaced by a text that says so. Iterative, so nesting costs no stack.
 * @returns the value itself, unchanged, where nothing had to be cut.
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
      // Pushed last to first, so that they are taken first to last.
      for (const [name, item] of entries.reverse())
        open.push({ source: item, depth: depth + 1, place: (child) => define(made, name, child) });
    }
  }
  return cut ? { value: root, cut } : { value, cut };
}

/** Also for `__proto__`, which an assignment would lose. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
