import type { P21Client } from './p21-client.js';
import type { P21Config } from './p21.config.js';
import { allowed, P21HeldError } from './p21-errors.js';
import { idOf, textOf } from './p21-json.js';

/**
 * P21 numbers its currencies. The numbers are configured, or read once from currency_hdr, where a description that is an ISO code tells them
 * (assumed). Source: docs/reference/prophet21.md section 14: currency_id is a decimal.
 */
export class P21Currencies {
  private read: ReadonlyMap<string, string> | undefined;

  constructor(
    private readonly client: P21Client,
    private readonly config: Pick<P21Config, 'currency' | 'currencyIds'>,
  ) {}

  /** The number of a currency. @throws {P21HeldError} for one that P21 is not known to have. */
  async idOf(currency: string, signal: AbortSignal): Promise<string> {
    const id = (await this.ids(signal)).get(currency);
    if (id !== undefined) return id;
    throw new P21HeldError(
      'p21.currency-unknown',
      `P21's number of ${currency} is not known: add ${currency}=<number> to P21_CURRENCY_IDS`,
    );
  }

  /** The ISO code of a number; the home currency where a row has none. A number without a code is told as it is. */
  async codeOf(id: string, signal: AbortSignal): Promise<string> {
    if (id === '' || id === '0') return this.config.currency;
    const found = [...(await this.ids(signal))].find(([, number]) => number === id);
    return found?.[0] ?? `currency ${id}`;
  }

  private async ids(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    if (this.config.currencyIds.size > 0) return this.config.currencyIds;
    if (this.read) return this.read;
    const query = { filter: "currency_desc ne ''", select: ['currency_id', 'currency_desc'], orderBy: 'currency_id' };
    const rows = (await allowed(this.client.rows('currency_hdr', query, signal))) ?? [];
    const codes = rows.map((row): [string, string] => [textOf(row.currency_desc).trim().toUpperCase(), idOf(row.currency_id)]);
    this.read = new Map(codes.filter(([code]) => /^[A-Z]{3}$/.test(code)));
    return this.read;
  }
}
