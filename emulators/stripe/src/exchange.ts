import type { Store } from './store.js';

/** Into which currency another one settles: `amount * times / per`, in integers of minor units. */
export interface ExchangeRate {
  readonly currency: string;
  readonly times: number;
  readonly per: number;
}

/** An amount in the currency that the account keeps. */
export interface Settled {
  readonly amount: number;
  readonly currency: string;
  /** As Stripe shows it: a float for display; null when nothing was converted (section 8). */
  readonly rate: number | null;
}

/** What the account does not keep settles like this until it is told otherwise (assumed). Currencies that are not here are kept. */
const initialRates: Readonly<Record<string, ExchangeRate>> = {
  jpy: { currency: 'usd', times: 67, per: 100 },
  gbp: { currency: 'usd', times: 127, per: 100 },
};

/** Name of the note in the store. */
const ratesNote = 'exchange-rates';
const mostInRate = 1_000_000_000;

/** The rates of today. A charge, its refund and its dispute convert at the rate of their own day (section 8). */
export class ExchangeRates {
  constructor(private readonly store: Store) {}

  /** Changes the rate from now on. @throws RangeError for a rate that is no ratio of positive integers. */
  set(currency: string, rate: ExchangeRate): void {
    for (const part of [rate.times, rate.per])
      if (!Number.isInteger(part) || part < 1 || part > mostInRate)
        throw new RangeError(`exchange rate of ${currency}: "times" and "per" are integers from 1 to ${mostInRate}`);
    this.store.note(ratesNote, { ...this.known(), [currency]: rate });
  }

  /** Converts minor units; what is below one minor unit is cut (assumed). */
  settle(amount: number, currency: string): Settled {
    const rate = this.known()[currency];
    if (!rate || rate.currency === currency) return { amount, currency, rate: null };
    const settled = Number((BigInt(amount) * BigInt(rate.times)) / BigInt(rate.per));
    return { amount: settled, currency: rate.currency, rate: rate.times / rate.per };
  }

  private known(): Readonly<Record<string, ExchangeRate>> {
    return { ...initialRates, ...(this.store.noted(ratesNote) as Record<string, ExchangeRate> | undefined) };
  }
}
