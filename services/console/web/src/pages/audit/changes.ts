import { sent } from '../../api/sent.js';
import { readText } from '../../recon/read-value.js';

/** One thing that an entry says was changed, or says beside it. */
export interface Detail {
  readonly name: string;
  /** Undefined: the entry tells of no value before. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Most details that are listed of one entry. */
const mostDetails = 500;
const deepest = 8;

/**
 * The details of an entry as rows: values that changed with what they were before, everything else by its name. `{ money: [{ path, before, after }] }`
 * and `{ before: {...}, after: {...} }` are changes.
 */
export function detailsOf(details: unknown): readonly Detail[] {
  const rows: Detail[] = [];
  walk(details, '', rows, 0);
  return rows.slice(0, mostDetails);
}

function walk(value: unknown, name: string, rows: Detail[], depth: number): void {
  if (rows.length >= mostDetails) return;
  if (typeof value !== 'object' || value === null || depth >= deepest) {
    if (name !== '' || value !== null) rows.push({ name: name === '' ? 'value' : name, before: undefined, after: textOf(value) });
    return;
  }
  const record = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(value) && Object.hasOwn(record, 'before') && Object.hasOwn(record, 'after')) {
    rows.push(...changesIn(name, record));
    return;
  }
  for (const [key, inner] of Object.entries(record)) walk(inner, name === '' ? key : `${name}.${key}`, rows, depth + 1);
}

/** Two objects are compared field by field; anything else is one change. */
function changesIn(name: string, { before, after, path }: Readonly<Record<string, unknown>>): Detail[] {
  const named = readText(sent(path)) ?? name;
  if (!isObject(before) || !isObject(after)) return [{ name: named, before: textOf(before), after: textOf(after) }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((key) => ({ name: named === '' ? key : `${named}.${key}`, before: textOf(before[key]), after: textOf(after[key]) }))
    .filter((one) => one.before !== one.after);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return readText(sent(value)) ?? JSON.stringify(value);
}
