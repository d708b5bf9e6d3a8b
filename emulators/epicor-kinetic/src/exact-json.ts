import { isRawNumber, rawNumber, scaledText } from '@tributary/emulator-kit';
import type { RawNumber } from '@tributary/emulator-kit';

export { isRawNumber, readJson } from '@tributary/emulator-kit';
export type { RawNumber } from '@tributary/emulator-kit';

/**
 * A decimal value as a whole number of its smallest part: 12.5 with three decimals is 12500n.
 * @returns undefined for anything that is no plain decimal number or has more significant decimals than that.
 */
export function scaled(value: unknown, decimals: number): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : isRawNumber(value) ? value.rawJSON : undefined;
  return text === undefined ? undefined : scaledText(text, decimals);
}

/** The number for what `scaled` gives, without trailing zeros: `125500n` with three decimals is `125.5`. */
export function fromScaled(amount: bigint, decimals: number): RawNumber {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return rawNumber(`${amount < 0n ? '-' : ''}${digits.slice(0, -decimals)}${fraction ? `.${fraction}` : ''}`);
}

const amountDecimals = 3;

/**
 * Thousandths of a decimal value: amounts are kept with three decimals.
 * Source: docs/reference/epicor-kinetic.md section 4.4 (extended prices 17,3); that receipts have the same is assumed.
 * @returns undefined for anything that is no plain decimal number or has more than three significant decimals.
 */
export function thousandths(value: unknown): bigint | undefined {
  return scaled(value, amountDecimals);
}

/** The number for an amount in thousandths, without trailing zeros: `125500n` is `125.5`. */
export function fromThousandths(amount: bigint): RawNumber {
  return fromScaled(amount, amountDecimals);
}
