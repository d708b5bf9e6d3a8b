import { toDecimalText } from '@tributary/domain';

/** Decimal text in major units as thousandths: no currency has more decimals than three. @throws {RangeError} for more. */
export function thousandths(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,3})\d*)?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is no decimal`);
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole) * 1_000n + BigInt(fraction.padEnd(3, '0'));
  return sign ? -value : value;
}

/** Money in thousandths of its major unit. */
export function moneyThousandths(money: { readonly minor: bigint; readonly currency: string }): bigint {
  return thousandths(toDecimalText(money));
}

/** Thousandths as decimal text, with two decimals unless it has three. */
export function decimalOf(value: bigint): string {
  const absolute = value < 0n ? -value : value;
  const fraction = String(absolute % 1_000n).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${absolute / 1_000n}.${fraction.endsWith('0') ? fraction.slice(0, 2) : fraction}`;
}
