/**
 * JSON whose numbers keep their digits: a ledger's amounts must not pass through binary floating point. Whole numbers that
 * fit are plain numbers, every other number is kept as the text it was written with.
 */

/** A number as it is written, for example `125.50`. `JSON.stringify` writes it unchanged. */
export interface RawNumber {
  readonly rawJSON: string;
}

interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): RawNumber;
}
/** Reviver context and rawJSON are in V8 since 11.4; TypeScript's es2023 library does not list them. */
const exact = JSON as unknown as ExactJson;

const whole = /^-?\d+$/;

/** @throws {SyntaxError} when the text is no JSON. */
export function readJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    return whole.test(source) && Number.isSafeInteger(value) ? value : exact.rawJSON(source);
  });
}

/** Whether a value is a number kept as its JSON text. */
export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === 'object' && value !== null && typeof (value as RawNumber).rawJSON === 'string';
}

/** A number that is written as this text. @throws {SyntaxError} when the text is no JSON number. */
export function rawNumber(text: string): RawNumber {
  return exact.rawJSON(text);
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * A decimal text as a whole number of its smallest part: 12.5 with three decimals is 12500n.
 * @returns undefined for anything that is no plain decimal number or has more significant decimals than that.
 */
export function scaledText(text: string, decimals: number): bigint | undefined {
  const match = decimal.exec(text);
  if (!match) return undefined;
  const [, sign, units = '0', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined;
  const amount = BigInt(`${units}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  return sign === '-' ? -amount : amount;
}
