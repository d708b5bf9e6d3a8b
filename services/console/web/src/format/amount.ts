import type { Amount } from '../recon/shapes.js';
import { currentFormats } from './company-format.js';
import { groupedDigits, visibleText } from './text.js';

const decimalText = /^-?\d+(\.\d+)?$/;
const integerText = /^-?\d+$/;

/**
 * An amount split into the part drawn large and the part drawn small. `exact` false: the amount is invalid for its currency and is marked.
 */
export interface AmountText {
  readonly figure: string;
  readonly unit: string;
  readonly exact: boolean;
}

/**
 * An amount for display. An amount that is invalid for its currency (114850 minor units are no ISK amount) is shown in minor units with a
 * note. The text is never converted to a number (I5).
 */
export function amountText(amount: Amount | null): AmountText {
  if (amount === null) return { figure: 'amount not known', unit: '', exact: false };
  const currency = visibleText(amount.currency, 12);
  if (amount.exact && decimalText.test(amount.text) && amount.text.length <= 60) {
    return { figure: groupedDecimal(amount.text), unit: currency, exact: true };
  }
  const minor = integerText.test(amount.minor) && amount.minor.length <= 60 ? groupedDigits(amount.minor) : visibleText(amount.minor, 40);
  if (minor === '') return { figure: 'amount not readable', unit: currency, exact: false };
  return { figure: minor, unit: `minor units, not ${article(currency)} ${currency || 'known'} amount`, exact: false };
}

/** An amount in one line: `1,234.50 USD`. */
export function amountLine(amount: Amount | null): string {
  const { figure, unit } = amountText(amount);
  return unit ? `${figure} ${unit}` : figure;
}

/** Several amounts in one line; a dash when there are none. */
export function amountsLine(amounts: readonly Amount[]): string {
  return amounts.length === 0 ? '–' : amounts.map(amountLine).join(', ');
}

/** A decimal text as the company writes it, digit by digit: `1234567.80` becomes `1,234,567.80`. */
export function groupedDecimal(text: string): string {
  const [whole = '', fraction] = text.split('.');
  return fraction === undefined ? groupedDigits(whole) : `${groupedDigits(whole)}${currentFormats().decimalSeparator}${fraction}`;
}

/**
 * Sums exact amounts per currency. Amounts that are not exact are returned one by one, so that a sum contains only valid amounts. Amounts
 * of one currency have equally many decimals; those that differ are not added.
 */
export function sumPerCurrency(amounts: readonly (Amount | null)[]): Amount[] {
  const sums = new Map<string, { minor: bigint; currency: string; decimals: number }>();
  const single: Amount[] = [];
  for (const amount of amounts) {
    if (amount === null) continue;
    if (!amount.exact || !integerText.test(amount.minor) || !decimalText.test(amount.text)) {
      single.push(amount);
      continue;
    }
    const decimals = amount.text.split('.')[1]?.length ?? 0;
    const key = `${amount.currency} ${decimals}`;
    const sum = sums.get(key);
    sums.set(key, { minor: (sum?.minor ?? 0n) + BigInt(amount.minor), currency: amount.currency, decimals });
  }
  const added = [...sums.values()].map(({ minor, currency, decimals }) => ({
    minor: String(minor),
    currency,
    text: decimalOf(minor, decimals),
    exact: true,
  }));
  return [...added.sort((a, b) => (a.currency < b.currency ? -1 : 1)), ...single];
}

function decimalOf(minor: bigint, decimals: number): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The article before a currency code, which is read letter by letter: an ISK amount, a USD amount. */
function article(currency: string): string {
  return /^[AEFHILMNORSX]/.test(currency) ? 'an' : 'a';
}
