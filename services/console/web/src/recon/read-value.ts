import type { ReconShapes, Wire } from './api-shapes.js';
import type { Amount, NamedText } from './shapes.js';

/** Readers of single values: anything goes in, a whole value comes out, and nothing throws. */

/** Most steps, names or items of one list that are read; an answer with more is cut there. */
export const listLimit = 1_000;

/** Text, or the text of a number or a flag; null for everything else. */
export function readText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A count: a whole number that is not negative; null for everything else. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/**
 * The value if it is an object, else an empty one. With a shape of an OpenAPI document only its fields can be read: one that the service
 * renames stops the compiler here.
 */
export function readRecord<Shape extends object = Readonly<Record<string, unknown>>>(value: unknown): Wire<Shape> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Wire<Shape>) : {};
}

/** Items of a list, each read, up to {@link listLimit}; none for everything else. */
export function readList<T>(value: unknown, item: (value: unknown) => T): T[] {
  return Array.isArray(value) ? value.slice(0, listLimit).map(item) : [];
}

/** Names and values of an object; none for everything else. */
export function readEntries(value: unknown): [string, unknown][] {
  return Object.entries(readRecord(value)).slice(0, listLimit);
}

/** Null only for what is no amount at all; one with odd fields is an amount that is not exact. */
export function readAmount(value: unknown): Amount | null {
  if (typeof value !== 'object' || value === null) return null;
  const { minor, currency, text, exact } = readRecord<ReconShapes['AmountView']>(value);
  return {
    minor: readText(minor) ?? '',
    currency: readText(currency) ?? '',
    text: readText(text) ?? '',
    exact: exact === undefined ? true : exact === true,
  };
}

/** Names with their texts; what is no text is said to be none. */
export function readNamedTexts(value: unknown): NamedText[] {
  return readEntries(value).map(([name, text]) => ({ name, value: readText(text) ?? '(not a text)' }));
}
