import type { P21Config } from './p21.config.js';
import { P21HeldError } from './p21-errors.js';

/** The number of the home currency where none is configured: docs/reference/prophet21.md section 14 shows 1, "U.S. Dollars". */
const usualHomeId = '1';

/**
 * P21 numbers its currencies, and its table of them has names, no ISO codes, so the numbers are configured. Source:
 * docs/reference/prophet21.md section 14 (currency_id, currency_hdr).
 */
export class P21Currencies {
  private readonly ids: ReadonlyMap<string, string>;

  constructor(private readonly config: Pick<P21Config, 'currency' | 'currencyIds'>) {
    this.ids = new Map([[config.currency, usualHomeId], ...config.currencyIds]);
  }

  /** The number of a currency. @throws {P21HeldError} for one that is not configured. */
  idOf(currency: string): string {
    const id = this.ids.get(currency);
    if (id !== undefined) return id;
    throw new P21HeldError(
      'p21.currency-unknown',
      `P21's number of ${currency} is not known: add ${currency}=<number> to P21_CURRENCY_IDS`,
    );
  }

  /** The ISO code of a number; the home currency where a row has none. A number without a code is told as it is. */
  codeOf(id: string): string {
    if (id === '' || id === '0') return this.config.currency;
    return [...this.ids].find(([, number]) => number === id)?.[0] ?? `currency ${id}`;
  }
}
