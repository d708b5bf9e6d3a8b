import { visibleText } from '@tributary/domain';

/** Fields that are printed as JSON: it writes out line feeds by itself, and must stay JSON. */
const printedAsJson = new Set(['value', 'body', 'before', 'after', 'details']);

/**
 * The same data with every text made one line of characters that are seen. What senders, ERPs and people wrote cannot begin a line of its own
 * in what is printed of it.
 */
export function allVisible<T>(data: T): T {
  return shown(data) as T;
}

function shown(data: unknown): unknown {
  if (typeof data === 'string') return visibleText(data);
  if (Array.isArray(data)) return data.map(shown);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [visibleText(name), printedAsJson.has(name) ? value : shown(value)]),
  );
}
