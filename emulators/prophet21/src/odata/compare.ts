import { ODataError } from '../answers.js';
import type { Column } from '../columns.js';
import { scaled } from '../exact-json.js';
import type { Value } from '../store.js';

/** Comparisons by the sign of left - right. */
export const operators: Readonly<Record<string, (sign: number) => boolean>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  gt: (sign) => sign > 0,
  ge: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  le: (sign) => sign <= 0,
};

/** Functions of a column and a part, both in lower case: docs/reference/prophet21.md section 5 [verified]. */
export const textFunctions: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

const edmTypes = { text: 'String', decimal: 'Decimal', int: 'Int32', datetime: 'DateTime' } as const;
/** Decimals that numbers are compared with: more than any column has. */
const comparedDecimals = 9;

/** Compares a value of the column with a literal. */
export type Comparison = (left: Value | undefined) => number;

/**
 * How a column compares with a literal. Text is compared without regard to case, as the usual database collation does (assumed).
 * @param literal as it was written, quotes included: whatever stands there is a literal, also the name of a column (section 5 [verified]).
 * @throws {ODataError} 404 when it is not of the column's type (section 5 [verified text]).
 */
export function comparison(column: Column, literal: string): Comparison {
  if (literal === 'null') return (left) => (left === null || left === undefined ? 0 : Number.NaN);
  const plain = plainText(literal);
  if (column.type === 'decimal' || column.type === 'int') {
    const right = scaled(plain, comparedDecimals);
    if (right === undefined) throw failed(column);
    return (left) => {
      const number = scaled(left, comparedDecimals);
      return number === undefined ? Number.NaN : number < right ? -1 : number > right ? 1 : 0;
    };
  }
  if (column.type === 'datetime' && !/^\d{4}-\d\d-\d\d/.test(plain)) throw failed(column);
  const normal = column.type === 'datetime' ? moment : (text: string) => text.toLowerCase();
  const right = normal(plain);
  return (left) => {
    if (left === null || left === undefined) return Number.NaN;
    const text = normal(String(left));
    return text < right ? -1 : text > right ? 1 : 0;
  };
}

/** The text of a literal without its quotes. */
export function plainText(literal: string): string {
  return literal.startsWith("'") ? literal.slice(1, -1).replaceAll("''", "'") : literal;
}

function failed(column: Column): ODataError {
  return new ODataError(`Failed to convert parameter value from a String to a ${edmTypes[column.type]}.`);
}

const momentLength = 'YYYY-MM-DDTHH:MM:SS.mmm'.length;

/** A day and time with milliseconds, without zone. */
function moment(text: string): string {
  const plain = text.replace(/Z$|[+-]\d\d:\d\d$/, '').replace(' ', 'T');
  const full = plain.length === 'YYYY-MM-DD'.length ? `${plain}T00:00:00` : plain;
  return (full.includes('.') ? full : `${full}.`).padEnd(momentLength, '0');
}
