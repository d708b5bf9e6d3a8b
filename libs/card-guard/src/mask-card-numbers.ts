import { cardNumbersIn, hasForeignDigits, isCardNumber, mayHoldCardNumber, withAsciiDigits } from './card-numbers.js';
import type { CardNumber } from './card-numbers.js';
import { jsonStrings, placesOf } from './json-strings.js';
import type { JsonString } from './json-strings.js';

/** A body after masking. */
export interface MaskedBody {
  /**
   * The text with every digit of a card number but its last four replaced by `*`; as long as before, byte for byte, where the digits are
   * ASCII.
   */
  readonly text: string;
  /** Fields that held card numbers, `data.object.metadata.note`, one entry per number. Empty: nothing was changed. */
  readonly paths: readonly string[];
}

/** Names of Stripe's own fields that hold ids, fingerprints, references of banks, links: never typed by people. */
const technical =
  /(?:^|_)(?:id|object|fingerprint|secret|url|trace_number|reference_number|network_code|arn|reference|decimal|idempotency_key)$/;
/** The merchant's own reference of a Checkout session is free text in spite of its name. */
const freeText = new Set(['client_reference_id']);
/** Under these the merchant chooses names and texts. */
const merchantNamed = new Set(['metadata']);
/** E.164 numbers have at most 15 digits; shorter card numbers are not looked for in telephone numbers. */
const maxPhoneDigits = 15;
const visibleDigits = 4;

/** Digits that are written as an escape, or that an escaped separator follows: strings have to be decoded to see them. */
const escapedDigit = /\\u|\d\\[nrt/\\]/;
const hasEscapedDigits = (text: string): boolean => text.includes('\\') && escapedDigit.test(text);

/** Quick test: false means that no card number is in the text, JSON or not, however it is written. */
export function isWorthSearching(text: string): boolean {
  return mayHoldCardNumber(text) || hasEscapedDigits(text) || hasForeignDigits(text);
}

/**
 * Finds card numbers in what people may have typed (names, descriptions, notes, metadata keys and values, also as numbers) and masks them in
 * the body as it arrived, everything else untouched: ids, amounts, fingerprints, tax numbers (I8). A number becomes a string, since a
 * number cannot hold a star.
 * @param text valid JSON.
 */
export function maskCardNumbers(text: string): MaskedBody {
  // Most bodies hold no card number, so the fields are searched only when one may be there.
  if (!isWorthSearching(text)) return { text, paths: [] };
  const paths: string[] = [];
  const stars: Replacement[] = [];
  for (const string of jsonStrings(text)) {
    const found = cardNumbersOf(string);
    if (found.length === 0) continue;
    paths.push(...found.map(() => readable(string)));
    stars.push(...(string.role === 'number' ? [maskedNumber(string)] : maskedDigits(text, string, found)));
  }
  return { text: replaced(text, stars), paths };
}

/** A place of the text and what stands there instead. */
interface Replacement {
  readonly at: number;
  readonly length: number;
  readonly by: string;
}

function cardNumbersOf(string: JsonString): CardNumber[] {
  if (!isSearched(string)) return [];
  if (string.role !== 'number') return cardNumbersIn(string.value, minDigitsIn(string));
  return isCardNumber(wholeDigits(string.value)) ? [{ start: 0, end: string.value.length }] : [];
}

/** Digits of a whole number, however it is written: `4.2e1` is 42. Empty for any other number. */
function wholeDigits(number: string): string {
  const match = /^(\d+)(?:\.(\d+))?(?:[eE]\+?(\d{1,2}))?$/.exec(number);
  if (!match) return '';
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const places = Number(exponent);
  const digits = whole + fraction.slice(0, places).padEnd(places, '0');
  return /^0*$/.test(fraction.slice(places)) ? digits.replace(/^0+(?=\d)/, '') : '';
}

/** The number as a string that is as long. */
function maskedNumber({ start, end, value }: JsonString): Replacement {
  const shown = wholeDigits(value).slice(-visibleDigits);
  return { at: start, length: end - start, by: `"${shown.padStart(Math.max(value.length - 2, shown.length), '*')}"` };
}

function maskedDigits(text: string, string: JsonString, found: readonly CardNumber[]): Replacement[] {
  const places = placesOf(text, string);
  const digits = withAsciiDigits(string.value);
  return found.flatMap((card) =>
    hiddenDigits(digits, card).flatMap((index) => {
      const [place, second] = [places[index], isSecondHalf(string.value, index + 1) ? places[index + 1] : undefined];
      if (!place) return [];
      const star = { at: place.at, length: place.length, by: place.length === 1 ? '*' : '\\u002a' };
      return second ? [star, { at: second.at, length: second.length, by: '' }] : [star];
    }),
  );
}

/** Whether a UTF-16 unit is the second one of its character. */
function isSecondHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}

function isSearched({ path, role, value }: JsonString): boolean {
  if (role !== 'number' && value.length < 13) return false;
  if (path.some((name) => merchantNamed.has(name as string))) return true;
  if (role === 'key') return true;
  const name = path.findLast((part) => typeof part === 'string') as string | undefined;
  if (name === undefined || freeText.has(name)) return true;
  const isTaxNumber = name === 'value' && path.some((part) => typeof part === 'string' && part.includes('tax_id'));
  return !technical.test(name) && !isTaxNumber;
}

function minDigitsIn({ path, role }: JsonString): number | undefined {
  return role === 'value' && path.at(-1) === 'phone' ? maxPhoneDigits + 1 : undefined;
}

/** Indexes of the digits of a card number to hide in its text: all but the last four. */
export function hiddenDigitsOf(text: string, card: CardNumber): number[] {
  return hiddenDigits(withAsciiDigits(text), card);
}

function hiddenDigits(value: string, card: CardNumber): number[] {
  const digits: number[] = [];
  for (let index = card.start; index < card.end; index += 1) if (/\d/.test(value[index] ?? '')) digits.push(index);
  return digits.slice(0, -visibleDigits);
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let from = 0;
  for (const { at, length, by } of replacements) {
    result += text.slice(from, at) + by;
    from = at + length;
  }
  return result + text.slice(from);
}

/** The path as text; a name that holds a card number itself is not repeated. */
function readable({ path }: JsonString): string {
  return path.map((part) => (typeof part === 'string' && cardNumbersIn(part).length > 0 ? '[masked]' : part)).join('.');
}
