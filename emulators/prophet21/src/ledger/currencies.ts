import type { Call } from '../call.js';
import type { Value } from '../store.js';

/**
 * Currencies of the company, in the order of their accounts; their numbers start at 1, that of the home currency (section 14 [verified for
 * 1, "U.S. Dollars"]; the other numbers and names are assumed). A description is a name: a reader that needs the ISO code has to be told it.
 */
export const currencies: readonly (readonly [code: string, name: string])[] = [
  ['USD', 'U.S. Dollars'],
  ['EUR', 'Euros'],
  ['GBP', 'Pounds Sterling'],
  ['CAD', 'Canadian Dollars'],
  ['AUD', 'Australian Dollars'],
  ['CHF', 'Swiss Francs'],
  ['SEK', 'Swedish Kronor'],
  ['JPY', 'Japanese Yen'],
  ['KWD', 'Kuwaiti Dinars'],
  ['ISK', 'Icelandic Kronur'],
  ['UGX', 'Uganda Shillings'],
];

/** The number of the home currency. The code of a row is kept beside its columns, and not shown. */
export function homeCurrencyId({ transaction, config }: Pick<Call, 'transaction' | 'config'>): Value {
  return transaction.rows('currency_hdr').find((row) => row.iso === config.homeCurrency)?.currency_id ?? null;
}
