import { fromScaled, scaled } from '../exact-json.js';
import type { Value } from '../store.js';

/** Amounts are decimal(19,4): docs/reference/prophet21.md section 14 [verified]. Here they are whole ten-thousandths. */
const amountDecimals = 4;
const unit = 10n ** BigInt(amountDecimals);
const millionth = 1_000_000n;

/** The amount of a column, ten-thousandths; 0 for a column that is empty. */
export function amountOf(value: Value | undefined): bigint {
  return scaled(value, amountDecimals) ?? 0n;
}

/** The column for an amount in ten-thousandths. */
export function amountColumn(amount: bigint): Value {
  return fromScaled(amount, amountDecimals);
}

/** Currencies whose amounts have other than two decimals: ISO 4217. ISK and UGX are kept without. */
const decimalsOf: Readonly<Record<string, number>> = { JPY: 0, UGX: 0, ISK: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, JOD: 3, TND: 3 };

/** The smallest amount of a currency, ten-thousandths. */
export function smallest(currency: string): bigint {
  return unit / 10n ** BigInt(decimalsOf[currency] ?? 2);
}

/** An amount in another currency, rounded half away from zero to what that has: which way a real server rounds is assumed. @param rate millionths. */
export function converted(amount: bigint, rate: bigint, currency: string): bigint {
  const step = smallest(currency) * millionth;
  const product = amount * rate;
  const half = (product < 0n ? -step : step) / 2n;
  return ((product + half) / step) * smallest(currency);
}
