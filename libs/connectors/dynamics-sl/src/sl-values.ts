/** A value of a column as the web layer answers it. */
export type SlValue = string | number | boolean | null;
/** One row: a batch, a document, a line. */
export type SlRow = Readonly<Record<string, SlValue>>;

/** What an empty date is in SL. Source: docs/reference/dynamics-sl.md section 2.3. */
const noDate = '1900-01-01';

/** A column as text: CHAR columns are padded, so white space at their end is cut; '' for null and for a column that is not there. */
export function textOf(value: SlValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value.trimEnd() : typeof value === 'number' ? decimalText(value) : String(value);
}

/** Whether a flag is set: booleans are shorts in SL. */
export function isSet(value: SlValue | undefined): boolean {
  return value === true || textOf(value) === '1' || textOf(value) === '-1';
}

/** A date column as `YYYY-MM-DD`; '' for SL's empty date and for a text that is none. */
export function dayOf(value: SlValue | undefined): string {
  const text = textOf(value).trim();
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text);
  const day = us ? `${us[3]}-${us[1]?.padStart(2, '0')}-${us[2]?.padStart(2, '0')}` : text.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && day !== noDate ? day : '';
}

/** A double as plain decimal text with the fewest digits that stand for it: 294.29, never 294.29000000000002 or 1e+21. */
export function decimalText(value: number): string {
  const [digits = '0', exponent] = String(value).split('e');
  if (exponent === undefined) return digits;
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(digits) ?? [];
  const point = whole.length + Number(exponent);
  const all = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return point >= all.length ? sign + all.padEnd(point, '0') : `${sign}${all.slice(0, point)}.${all.slice(point)}`;
}

/** Decimal text without zeros that say nothing: by it two amounts are compared. undefined for a text that is no plain decimal number. */
export function comparableDecimal(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === '') return undefined;
  const decimals = fraction.replace(/0+$/, '');
  const plain = `${whole.replace(/^0+(?=\d)/, '')}${decimals === '' ? '' : `.${decimals}`}`;
  return plain === '0' ? '0' : `${sign}${plain}`;
}

/**
 * An amount as the double that SL keeps. Nothing is rounded (I5): the double has to read as the same decimal number again.
 * @throws {RangeError} when the text is no plain decimal number, or one that no double holds exactly enough.
 */
export function amountNumber(text: string): number {
  const wanted = comparableDecimal(text);
  if (wanted === undefined) throw new RangeError(`"${text.slice(0, 40)}" is no plain decimal number`);
  const value = Number(wanted);
  if (comparableDecimal(decimalText(value)) !== wanted)
    throw new RangeError(`${wanted} is not exact as a double, which is what SL keeps; enter it by hand`);
  return value;
}
