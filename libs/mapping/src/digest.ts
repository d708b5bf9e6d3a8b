import { sha256Hex } from '@tributary/domain';

/** JSON that is equal for equal values: keys sorted, whole numbers (bigint) written as `{"$int":"42"}`, so that they differ from text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `{"$int":"${value}"}`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of Object.keys(fields).sort()) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(fields[key])}`;
    return `{${text}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

const quotedKeys = new Map<string, string>();
const maxQuotedKeys = 1_024;

/** A key as JSON, cached: there are few field names, and they recur in every document. */
function quoted(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(key);
  if (quotedKeys.size < maxQuotedKeys) quotedKeys.set(key, text);
  return text;
}

/** Digest of a document: shape, fields and, if there are any, rows. Independent of the order of the fields. */
export function documentDigest(shape: string, fields: Readonly<Record<string, unknown>>, lines: readonly object[] = []): string {
  if (lines.length > 0) return sha256Hex(canonicalJson({ shape, fields, lines }));
  const text = flatJson(fields);
  return sha256Hex(text === undefined ? canonicalJson({ shape, fields }) : `{"fields":${text},"shape":${JSON.stringify(shape)}}`);
}

/**
 * {@link canonicalJson} of a record of texts, booleans and whole numbers, written by a single JSON.stringify, which is faster. Undefined
 * for a name whose order an object does not keep (`10`), or that it cannot store (`__proto__`).
 */
function flatJson(fields: Readonly<Record<string, unknown>>): string | undefined {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort()) {
    if (!orderedName.test(key)) return undefined;
    const value = fields[key];
    if (typeof value === 'bigint') sorted[key] = { $int: value.toString() };
    else if (typeof value === 'string' || typeof value === 'boolean') sorted[key] = value;
    else return undefined;
  }
  return JSON.stringify(sorted);
}

const orderedName = /^[A-Za-z]/;
