import { isRawNumber } from './exact-json.js';
import type { Value } from './store.js';

/** A constant in a `$filter`. */
export type Literal = string | number | boolean | null;

/** Functions of a column and a part, both in lower case. */
export const textFunctions = {
  contains: (text: string, part: string) => text.includes(part),
  startswith: (text: string, part: string) => text.startsWith(part),
  endswith: (text: string, part: string) => text.endsWith(part),
};

/** Functions of one text. */
export const textChanges = {
  tolower: (text: string) => text.toLowerCase(),
  toupper: (text: string) => text.toUpperCase(),
  trim: (text: string) => text.trim(),
};

/** Comparisons by the sign of left - right. */
export const operators: Record<string, (sign: number) => boolean> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  gt: (sign) => sign > 0,
  ge: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  le: (sign) => sign <= 0,
};

/** The value of a literal; undefined when the token is none. */
export function literalOf(token: string): Literal | undefined {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  if (/^\d{4}-\d{2}-\d{2}/.test(token)) return token;
  return undefined;
}

/** Sign of left - right; NaN when they cannot be compared. */
export function order(left: Value | undefined, right: Literal, rightText: string): number {
  const plain = left === undefined ? null : isRawNumber(left) ? Number(left.rawJSON) : left;
  if (plain === null || right === null) return plain === right ? 0 : Number.NaN;
  if (typeof plain === 'number' && typeof right === 'number') return Math.sign(plain - right);
  if (typeof plain === 'boolean' || typeof right === 'boolean') return plain === right ? 0 : Number.NaN;
  const leftText = comparable(String(plain));
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}

/** Dates are compared by their day, texts without regard to case. */
export function comparable(text: string): string {
  return (text[10] === 'T' ? text.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00Z?$/, '$1') : text).toLowerCase();
}
