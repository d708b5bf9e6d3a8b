import type { AmountView } from '@tributary/contracts';
import { money, toDecimalText } from './money.js';

/** Currencies in Unicode's locale data. For any other currency the number of decimals is unknown. */
const knownCurrencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const longestCurrency = 16;

/**
 * An amount for display. Never throws: an amount that is invalid for its currency (ISK 114850), an unknown currency or a text that is not a
 * number is shown as minor units with `exact` false.
 * @param minor integer minor units as text.
 */
export function amountView(minor: string, currency: string): AmountView {
  const code = currency.trim().slice(0, longestCurrency);
  const inexact: AmountView = { minor, currency: code, text: minor, exact: false };
  if (!/^-?\d{1,40}$/.test(minor) || !knownCurrencies.has(code)) return inexact;
  try {
    return { minor, currency: code, text: toDecimalText(money(BigInt(minor), code)), exact: true };
  } catch {
    return inexact;
  }
}
