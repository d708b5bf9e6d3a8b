import { cardNumbersIn, mayHoldCardNumber } from './card-numbers.js';
import type { CardNumber } from './card-numbers.js';
import { jsonStrings, placesOf } from './json-strings.js';
import type { JsonString } from './json-strings.js';

/** A body after masking. */
export interface MaskedBody {
  /** The text with every digit of a card number but its last four replaced by `*`; as long as before, byte for byte. */
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

/**
 * Finds card numbers in what people may have typed (names, descriptions, notes, metadata keys and values) and masks them in the body
 * as it arrived, everything else untouched: ids, amounts (numbers are not strings), fingerprints, tax numbers (I8).
 * @param text valid JSON.
 */
export function maskCardNumbers(text: string): MaskedBody {
  // Most bodies hold no card number, so the fields are searched only when one may be there. Digits can be written as escapes (\\u0034).
  if (!text.includes('\\u') && !mayHoldCardNumber(text)) return { text, paths: [] };
  const paths: string[] = [];
  const stars: { at: number; length: number }[] = [];
  for (const string of jsonStrings(text)) {
    const found = isSearched(string) ? cardNumbersIn(string.value, minDigitsIn(string)) : [];
    if (found.length === 0) continue;
    const places = placesOf(text, string);
    for (const card of found) {
      paths.push(readable(string));
      stars.push(...hiddenDigits(string.value, card).flatMap((index) => places[index] ?? []));
    }
  }
  return { text: replaced(text, stars), paths };
}

function isSearched({ path, role, value }: JsonString): boolean {
  if (value.length < 13) return false;
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

/** Indexes of the digits to hide: all but the last four. */
function hiddenDigits(value: string, card: CardNumber): number[] {
  const digits: number[] = [];
  for (let index = card.start; index < card.end; index += 1) if (/\d/.test(value[index] ?? '')) digits.push(index);
  return digits.slice(0, -visibleDigits);
}

/** A digit written as the escape \u0034 becomes the escape of the star, so the length stays. */
function replaced(text: string, stars: readonly { at: number; length: number }[]): string {
  let result = '';
  let from = 0;
  for (const { at, length } of stars) {
    result += text.slice(from, at) + (length === 1 ? '*' : '\\u002a');
    from = at + length;
  }
  return result + text.slice(from);
}

/** The path as text; a name that holds a card number itself is not repeated. */
function readable({ path }: JsonString): string {
  return path.map((part) => (typeof part === 'string' && cardNumbersIn(part).length > 0 ? '[masked]' : part)).join('.');
}
