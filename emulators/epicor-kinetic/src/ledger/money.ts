import { fromThousandths, scaled, thousandths } from '../exact-json.js';
import type { Row, Value } from '../store.js';

/** Decimals of an exchange rate: BankRcptExchangeRate10D has ten [verified name]. */
export const rateDecimals = 10;
const unitRate = 10n ** BigInt(rateDecimals);
const millionthsToRate = 10_000n;

/** Currencies whose amounts have other than two decimals: ISO 4217. ISK and UGX are kept without, as Stripe books them. */
const decimalsOf: Readonly<Record<string, number>> = { JPY: 0, UGX: 0, ISK: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, JOD: 3, TND: 3 };
const thousandthsOf = (currency: string): bigint => 10n ** BigInt(3 - (decimalsOf[currency] ?? 2));

/** The amount of a column, thousandths; 0 for a column that is empty. */
export function amountOf(value: Value | undefined): bigint {
  return thousandths(value) ?? 0n;
}

/** An exchange rate, ten decimals; 0 when it is empty. */
export function rateOf(value: Value | undefined): bigint {
  return scaled(value, rateDecimals) ?? 0n;
}

/** Quotient rounded half away from zero: which way a real server rounds is assumed. */
function divided(amount: bigint, by: bigint): bigint {
  const half = (amount < 0n ? -by : by) / 2n;
  return (amount + half) / by;
}

/** An amount in another currency. @param rate units of that currency for one of this, ten decimals. */
export function converted(amount: bigint, rate: bigint, currency: string): bigint {
  const smallest = thousandthsOf(currency);
  return divided(amount * rate, unitRate * smallest) * smallest;
}

/** An amount times a quantity, both in thousandths, rounded to what the currency has. */
export function extended(amount: bigint, quantity: bigint, currency: string): bigint {
  return converted(amount, (quantity * unitRate) / 1000n, currency);
}

/** A part of a balance that stands for a part of another one, so that the last part takes what is left. */
export function proportional(whole: bigint, part: bigint, of: bigint, currency: string): bigint {
  if (part === of) return whole;
  const smallest = thousandthsOf(currency);
  return divided(whole * part, of * smallest) * smallest;
}

/** What knows the company's own exchange rates. */
export interface Rates {
  readonly exchangeRates: ReadonlyMap<string, bigint>;
  readonly baseCurrency: string;
}

/** The company's own rate, base currency for one unit, ten decimals. That a currency without one counts 1 is assumed. */
export function companyRate(currency: Value | undefined, { exchangeRates }: Rates): bigint {
  return (exchangeRates.get(String(currency)) ?? 1_000_000n) * millionthsToRate;
}

/** The rate of a document: its own where LockRate says so, else the company's of the day. That LockRate decides is assumed. */
export function documentRate(row: Row, rates: Rates): bigint {
  return row.LockRate === true && rateOf(row.ExchangeRate) > 0n ? rateOf(row.ExchangeRate) : companyRate(row.CurrencyCode, rates);
}

/** The column for an amount in thousandths. */
export const amountColumn = fromThousandths;
