import type { SlRow } from '../sl-values.js';
import type { SlScreen } from './door.js';
import type { XmlElement, XmlValue } from './xml-reader.js';
import { XmlRefusedError } from './xml-reader.js';

/** The result of an operation: `Envelope/Body/{operation}Response/{operation}Result`. @throws {XmlRefusedError} when it is not there. */
export function resultOf(root: XmlElement, operation: string): XmlElement {
  const result = ['Envelope', 'Body', `${operation}Response`, `${operation}Result`].reduce<XmlValue | undefined>(
    (value, name) => (isElement(value) ? value[name] : undefined),
    root,
  );
  if (!isElement(result)) throw new XmlRefusedError(`the answer holds no ${operation}Result`);
  return result;
}

/** A screen: lists are elements of the name of their table (docs/reference/dynamics-sl.md section 2.4). */
export function screenOf(result: XmlElement): SlScreen {
  const parts = Object.entries(result).filter(([name]) => name.startsWith('my'));
  return Object.fromEntries(
    parts.map(([name, value]) => {
      const table = isElement(value) ? value[name.slice(2)] : undefined;
      if (table === undefined) return [name, isElement(value) ? rowOf(value) : {}];
      return [name, listOf(table)];
    }),
  );
}

/** The rows of a query. */
export function rowsOf(result: XmlElement): readonly SlRow[] {
  const results = result.myQueryResults;
  if (results === undefined) throw new XmlRefusedError('the answer holds no rows');
  return isElement(results) && results.Table !== undefined ? listOf(results.Table) : [];
}

function listOf(value: XmlValue): SlRow[] {
  return (Array.isArray(value) ? (value as readonly (string | XmlElement)[]) : [value as string | XmlElement]).map((one) =>
    isElement(one) ? rowOf(one) : {},
  );
}

/** Columns of a row; what has elements of its own is no column. */
function rowOf(element: XmlElement): SlRow {
  return Object.fromEntries(Object.entries(element).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isElement(value: XmlValue | undefined): value is XmlElement {
  return typeof value === 'object' && !Array.isArray(value);
}
