/** A number as it is written in JSON, for example `125.50`. */
export interface NumberToken {
  readonly rawJSON: string;
}

/** A value of a column or property; numbers that do not fit keep their text. */
export type Scalar = string | number | boolean | null | NumberToken;

interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): NumberToken;
}
// Part of V8 since 11.4; TypeScript's library does not list the reviver's context and rawJSON yet.
const exact = JSON as unknown as ExactJson;

/** Reads JSON. Numbers are the text that they are written in, so that amounts keep their digits (I5). @throws {SyntaxError} */
export function readExactJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) => (typeof value === 'number' ? source : value));
}

/** Reads JSON. Whole numbers that fit are numbers, all others tokens. @throws {SyntaxError} */
export function readTokenJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    return /^-?\d+$/.test(source) && Number.isSafeInteger(value) ? value : exact.rawJSON(source);
  });
}

/**
 * A JSON number with these digits, for JSON.stringify.
 * @param most digits before and after the point.
 * @throws {RangeError} when the text is no plain decimal number.
 */
export function decimalToken(text: string, most = { digits: 30, decimals: 15 }): NumberToken {
  const [, digits, decimals] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (digits === undefined || digits.length > most.digits || (decimals?.length ?? 0) > most.decimals)
    throw new RangeError(`"${text.slice(0, 40)}" is no plain decimal number`);
  // JSON forbids leading zeros.
  return exact.rawJSON(text.replace(/^(-?)0+(?=\d)/, '$1'));
}

/** A column as text: digits as written, '' for null and for a column that is not there. */
export function scalarText(value: Scalar | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? value.rawJSON : String(value);
}

/** A JSON object whose numbers keep their digits; undefined for a text that is none. */
export function exactJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const answer = readExactJson(text);
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
