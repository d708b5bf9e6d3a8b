import { comparableDecimal } from './sl-values.js';

/** Decimals that sums are made with: more than any amount has. */
const scale = 10;

/** The sum of decimal texts, exact, as comparable decimal text. @throws {RangeError} for a text that is no plain decimal number. */
export function sumOf(texts: readonly string[]): string {
  const total = texts.reduce((sum, text) => sum + scaled(text), 0n);
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  const text = `${total < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return comparableDecimal(text) ?? text;
}

/**
 * How much of the second amount one unit of the first is worth: their ratio with ten decimals, rounded half up. The one place where a rate of
 * exchange is rounded.
 * @throws {RangeError} for a text that is no positive decimal number.
 */
export function ratioOf(amount: string, worth: string): string {
  const [from, to] = [scaled(amount), scaled(worth)];
  if (from <= 0n || to <= 0n) throw new RangeError(`no rate turns ${amount} into ${worth}`);
  const one = 10n ** BigInt(scale);
  const rate = (to * one + from / 2n) / from;
  return comparableDecimal(`${rate / one}.${String(rate % one).padStart(scale, '0')}`) ?? '';
}

function scaled(text: string): bigint {
  const plain = comparableDecimal(text);
  if (plain === undefined) throw new RangeError(`"${text.slice(0, 40)}" is no plain decimal number`);
  const [whole = '0', fraction = ''] = plain.replace('-', '').split('.');
  if (fraction.length > scale) throw new RangeError(`"${text.slice(0, 40)}" has more than ${scale} decimals`);
  const value = BigInt(whole + fraction.padEnd(scale, '0'));
  return plain.startsWith('-') ? -value : value;
}
