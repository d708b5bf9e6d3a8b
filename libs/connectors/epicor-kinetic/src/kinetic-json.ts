/**
 * JSON whose numbers keep their digits (I5): amounts go to Kinetic and come back as decimal text, never through binary
 * floating point. Source: docs/reference/epicor-kinetic.md section 4.3, amounts are JSON numbers.
 */

/** A number as it is written in JSON, for example `125.50`. */
export interface NumberToken {
  readonly rawJSON: string;
}

/** A value of a column; numbers keep their text. */
export type Scalar = string | number | boolean | null | NumberToken;
/** One row of a dataset or of an OData answer. */
export type KineticRow = Readonly<Record<string, Scalar>>;

interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): NumberToken;
}
// Part of V8 since 11.4; TypeScript's es2023 library does not list the reviver's context and rawJSON yet.
const exact = JSON as unknown as ExactJson;

const decimalText = /^-?\d{1,15}(\.\d{1,10})?$/;

/** @throws {RangeError} when the text is no plain decimal number. */
export function numberToken(text: string): NumberToken {
  if (!decimalText.test(text)) throw new RangeError(`"${text.slice(0, 40)}" is no plain decimal number`);
  // JSON forbids leading zeros.
  return exact.rawJSON(text.replace(/^(-?)0+(?=\d)/, '$1'));
}

/** @throws {SyntaxError} when the text is no JSON. Whole numbers that fit are numbers, all others tokens. */
export function readKineticJson(text: string): unknown {
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
