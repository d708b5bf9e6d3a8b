import type { AmountView } from '@tributary/contracts';

/** Digits of a rate after the point. */
const rateDigits = 6;

/**
 * What one unit of a currency made in another one: `0.920000`, rounded to six digits; null where an amount is not exact or is zero.
 * A rate that is made of rounded amounts is itself not more exact than they are.
 */
export function rateText(from: AmountView, to: AmountView): string | null {
  const [given, made] = [decimalOf(from), decimalOf(to)];
  if (!given || !made || given.units === 0n) return null;
  const scale = 10n ** BigInt(rateDigits);
  // made.units / 10^made.digits over given.units / 10^given.digits, times the scale, rounded half up.
  const above = made.units * 10n ** BigInt(given.digits) * scale * 2n;
  const below = given.units * 10n ** BigInt(made.digits);
  const scaled = (above / below + 1n) / 2n;
  if (scaled < 0n) return null;
  const digits = scaled.toString().padStart(rateDigits + 1, '0');
  return `${digits.slice(0, -rateDigits)}.${digits.slice(-rateDigits)}`;
}

function decimalOf({ text, exact }: AmountView): { readonly units: bigint; readonly digits: number } | undefined {
  if (!exact || !/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), digits: fraction.length };
}
