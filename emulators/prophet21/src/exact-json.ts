import { isRawNumber, rawNumber, scaledText } from '@tributary/emulator-kit';
import type { RawNumber } from '@tributary/emulator-kit';

export { isRawNumber, readJson } from '@tributary/emulator-kit';
export type { RawNumber } from '@tributary/emulator-kit';

/**
 * A decimal value, or its text, as a whole number of its smallest part: 12.5 with three decimals is 12500n.
 * @returns undefined for anything that is no plain decimal number or has more significant decimals than that.
 */
export function scaled(value: unknown, decimals: number): bigint | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : isRawNumber(value) ? value.rawJSON : undefined;
  return text === undefined ? undefined : scaledText(text, decimals);
}

/** The number for what `scaled` gives, without trailing zeros: `125500n` with three decimals is `125.5`. */
export function fromScaled(amount: bigint, decimals: number): RawNumber | number {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const units = decimals === 0 ? digits : digits.slice(0, -decimals);
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).replace(/0+$/, '');
  const text = `${amount < 0n ? '-' : ''}${units}${fraction ? `.${fraction}` : ''}`;
  return fraction === '' && Number.isSafeInteger(Number(text)) ? Number(text) : rawNumber(text);
}
