import { fromDecimalText, toDecimalText } from '@tributary/domain';
import type { Scalar } from './p21-json.js';
import { textOf } from './p21-json.js';

/**
 * An amount of P21 as decimal text with the decimals of its currency. Units: P21 stores decimal(19,4), so `294.29` comes back as `294.29` or
 * `294.2900`, and 1050 JPY as `1050.0000` (docs/reference/prophet21.md section 14).
 * @returns the text as it came where the currency has fewer decimals than the amount: it is shown, not rounded.
 */
export function amountText(value: Scalar | undefined, currency: string): string {
  const text = textOf(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  try {
    return toDecimalText(fromDecimalText(text, currency));
  } catch {
    return text;
  }
}

/** Whether two decimal texts are the same number. */
export function sameAmount(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** A decimal text with the other sign. */
export function negated(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

function plain(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  const number = `${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return number === '0' ? '0' : `${sign}${number}`;
}
