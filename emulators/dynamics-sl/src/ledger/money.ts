import type { EmulatorConfig } from '../emulator.config.js';
import type { Row } from '../data/store.js';

/** Currencies whose amounts have other than two decimals: ISO 4217. ISK and UGX are kept without, as Stripe books them. */
const decimalsOf: Readonly<Record<string, number>> = { JPY: 0, UGX: 0, ISK: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, JOD: 3, TND: 3 };
const decimals = (currency: unknown): number => decimalsOf[String(currency)] ?? 2;

/** Thousandths of an amount: sums are made in whole numbers, so that doubles (section 2.3 [verified]) add up. */
export function thousandths(amount: unknown): bigint {
  return BigInt(Math.round(Number(amount ?? 0) * 1000));
}

/** The double for thousandths. */
export function fromThousandths(amount: bigint): number {
  return Number(amount) / 1000;
}

/** An amount in what its currency has, half away from zero: that SL rounds more decimals away on a save is assumed. */
export function rounded(amount: unknown, currency: unknown): number {
  const unit = 10 ** decimals(currency);
  const value = Number(amount ?? 0);
  // Half a unit of a double's error more, so that 1.005 is 1.01 and not 1.00.
  const scaled = Math.round(Math.abs(value) * unit * (1 + Number.EPSILON));
  return scaled === 0 ? 0 : (Math.sign(value) * scaled) / unit;
}

/** Exchange rate of a row. */
export interface Rate {
  readonly CuryRate: number;
  readonly CuryMultDiv: 'M' | 'D';
}

type Rates = Pick<EmulatorConfig, 'exchangeRates' | 'baseCurrency'>;

/** The rate of a row: its own, else that of the company for the currency, else 1 (section 5.7 [verified fields]; the order is assumed). */
export function rateOf(row: Row, { exchangeRates, baseCurrency }: Rates): Rate {
  if (row.CuryId === baseCurrency) return { CuryRate: 1, CuryMultDiv: 'M' };
  const own = Number(row.CuryRate ?? 0);
  if (own > 0) return { CuryRate: own, CuryMultDiv: row.CuryMultDiv === 'D' ? 'D' : 'M' };
  return { CuryRate: exchangeRates.get(String(row.CuryId)) ?? 1, CuryMultDiv: 'M' };
}

/** An amount in the base currency: CuryMultDiv says whether to multiply by the rate or to divide (section 5.7 [verified fields; reading assumed]). */
export function inBase(amount: unknown, { CuryRate, CuryMultDiv }: Rate, baseCurrency: string): number {
  const value = Number(amount ?? 0);
  return rounded(CuryMultDiv === 'D' ? value / CuryRate : value * CuryRate, baseCurrency);
}

/** The part of a base amount that stands for a part of the amount in its currency; the last part takes what is left. */
export function baseShare(base: number, part: number, of: number, baseCurrency: string): number {
  return part === of ? base : rounded((base * part) / of, baseCurrency);
}
