import { ledgerDecimals, minorUnitExponent } from './currency.js';
import { PipelineError } from './errors/pipeline-error.js';

/** An amount: integer minor units as the source sent them, unscaled, with its upper-case currency (I5). */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** Two amounts of different currencies met in one sum, or an amount is not one its currency can have. */
export class MoneyError extends PipelineError {
  readonly code = 'money.invalid';
  readonly disposition = 'reject';
}

/**
 * Makes an amount.
 * @param minor integer minor units. A `number` must be a safe integer.
 * @param currency ISO 4217 code in any case.
 * @throws {MoneyError} for a fraction, an unsafe integer, or a currency that is not three letters.
 */
export function money(minor: bigint | number, currency: string): Money {
  if (typeof minor === 'number' && !Number.isSafeInteger(minor)) {
    throw new MoneyError(`making an amount: ${minor} is not a whole number of minor units`, { minor: String(minor), currency });
  }
  if (!/^[A-Za-z]{3}$/.test(currency))
    throw new MoneyError(`making an amount: "${currency.slice(0, 20)}" is not a currency code`, { currency: currency.slice(0, 20) });
  return { minor: BigInt(minor), currency: currency.toUpperCase() };
}

/** a + b. @throws {MoneyError} when the currencies differ. */
export function add(a: Money, b: Money): Money {
  return { minor: a.minor + sameCurrency(a, b).minor, currency: a.currency };
}

/** a - b. @throws {MoneyError} when the currencies differ. */
export function subtract(a: Money, b: Money): Money {
  return { minor: a.minor - sameCurrency(a, b).minor, currency: a.currency };
}

/** -a. */
export function negate(a: Money): Money {
  return { minor: -a.minor, currency: a.currency };
}

/** The same amount in the same currency. */
export function equal(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

/**
 * Decimal text in major units, exact: `1050 USD` is `10.50`, `1050 JPY` is `1050`, `500 ISK` is `5`.
 * Nothing is rounded anywhere on the way.
 * @throws {MoneyError} when the currency has no decimals but the amount, sent with two, has some (501 ISK).
 */
export function toDecimalText(amount: Money): string {
  const sent = minorUnitExponent(amount.currency);
  const written = ledgerDecimals(amount.currency);
  const negative = amount.minor < 0n;
  const digits = (negative ? -amount.minor : amount.minor).toString().padStart(sent + 1, '0');
  const whole = digits.slice(0, digits.length - sent);
  const fraction = digits.slice(digits.length - sent);
  if (written < sent && /[1-9]/.test(fraction.slice(written))) {
    throw new MoneyError(`writing ${amount.minor} ${amount.currency}: the currency has ${written} decimals`, { currency: amount.currency });
  }
  const kept = fraction.slice(0, written);
  return `${negative ? '-' : ''}${whole}${kept ? `.${kept}` : ''}`;
}

/**
 * The amount that a decimal text in major units stands for; the inverse of {@link toDecimalText}.
 * @throws {MoneyError} when the text is no plain decimal number or has more decimals than the currency.
 */
export function fromDecimalText(text: string, currency: string): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new MoneyError(`reading amount "${text}" ${currency}: not a plain decimal number`, { text, currency });
  const [, sign, whole, decimals = ''] = match;
  const sent = minorUnitExponent(currency);
  if (/[1-9]/.test(decimals.slice(sent)))
    throw new MoneyError(`reading amount "${text}": ${currency} has ${sent} decimals`, { text, currency });
  const minor = BigInt(`${whole}${decimals.slice(0, sent).padEnd(sent, '0')}`);
  return money(sign === '-' ? -minor : minor, currency);
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency)
    throw new MoneyError(`adding ${b.currency} to ${a.currency}: amounts of different currencies`, { a: a.currency, b: b.currency });
  return b;
}
