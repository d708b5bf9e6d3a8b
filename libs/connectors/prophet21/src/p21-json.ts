/**
 * JSON whose numbers keep their digits (I5): amounts go to P21 and come back as decimal text, never through binary floating point.
 * Source: docs/reference/prophet21.md sections 5, 7.7 and 14: amounts of OData and of the GL array are JSON numbers with four decimals.
 */

/** A number as it is written in JSON, for example `125.50`. */
export interface NumberToken {
  readonly rawJSON: string;
}

/** A value of a column or property; numbers that do not fit keep their text. */
export type Scalar = string | number | boolean | null | NumberToken;
/** One row of an OData answer, or the flat part of an entity. */
export type P21Row = Readonly<Record<string, Scalar>>;

interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): NumberToken;
}
// Part of V8 since 11.4; TypeScript's es2023 library does not list the reviver's context and rawJSON yet.
const exact = JSON as unknown as ExactJson;

const decimalText = /^-?\d{1,15}(\.\d{1,9})?$/;

/** @throws {RangeError} when the text is no plain decimal number. */
export function numberToken(text: string): NumberToken {
  if (!decimalText.test(text)) throw new RangeError(`"${text.slice(0, 40)}" is no plain decimal number`);
  // JSON forbids leading zeros.
  return exact.rawJSON(text.replace(/^(-?)0+(?=\d)/, '$1'));
}

/** @throws {SyntaxError} when the text is no JSON. Whole numbers that fit are numbers, all others tokens. */
export function readExactJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    return /^-?\d+$/.test(source) && Number.isSafeInteger(value) ? value : exact.rawJSON(source);
  });
}

/** A column as text: digits as written, '' for null and for a column that is not there. */
export function textOf(value: Scalar | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? value.rawJSON : String(value);
}

/** A number of a record without the decimals that a decimal(19,0) column may show: `100198.0` is `100198`. */
export function idOf(value: Scalar | undefined): string {
  return textOf(value).replace(/\.0+$/, '');
}
