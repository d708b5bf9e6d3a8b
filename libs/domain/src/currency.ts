/**
 * How many decimals a currency has, as Stripe sends it and as a ledger writes it.
 *
 * Source: docs/reference/stripe.md, section "Money". ISO 4217 exponents are wrong as a source: ISK and UGX have no decimals
 * in fact, and Stripe still sends them as if they had two (5 ISK = 500, always divisible by 100).
 */
const zeroDecimal = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
const threeDecimal = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** Sent with two decimals, which must be zero. */
const sentWithTwoEmptyDecimals = new Set(['ISK', 'UGX']);

/** Decimals of the integer that Stripe sends. `currency` in any case. Two for every currency that is not listed. */
export function minorUnitExponent(currency: string): 0 | 2 | 3 {
  const code = currency.toUpperCase();
  if (zeroDecimal.has(code)) return 0;
  return threeDecimal.has(code) ? 3 : 2;
}

/** Decimals that a ledger writes: as sent, but none for ISK and UGX. */
export function ledgerDecimals(currency: string): 0 | 2 | 3 {
  return sentWithTwoEmptyDecimals.has(currency.toUpperCase()) ? 0 : minorUnitExponent(currency);
}

/** Currencies with other decimals than two, as sent or in a ledger; all others have two in both. */
export const currenciesWithOtherDecimals: readonly string[] = [...zeroDecimal, ...threeDecimal, ...sentWithTwoEmptyDecimals].sort();
