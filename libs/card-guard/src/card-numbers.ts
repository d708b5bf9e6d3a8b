/** A card number within a text, with the separators inside it. */
export interface CardNumber {
  /** Index of the first digit. */
  readonly start: number;
  /** Index after the last digit. */
  readonly end: number;
}

const minDigits = 13;
const maxDigits = 19;
/** Most characters between two groups of digits. */
const mostSeparators = 3;
/**
 * What people and programs put between the groups of a card number: spaces and line ends of any kind, dashes, dots, slashes, backslashes,
 * underscores, bars, middle dots, and what is not seen at all (zero-width characters, soft hyphens, marks of direction).
 */
const separator =
  '[\\s\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u180e\\u2000-\\u2015\\u2024\\u2027\\u202a-\\u202f\\u2043\\u205f-\\u2064\\u2066-\\u206f\\u2212\\u2215\\u2219\\u22c5\\u2800\\u3000\\u30fb\\ufe00-\\ufe0f\\ufe58\\ufe63\\ufeff\\uff0d\\uff0e\\uff0f\\uff3f._/\\\\|\\u00b7\\u2022\\-]';
const separators = `${separator}{1,${mostSeparators}}`;
/** Groups of digits with enough digits together. */
const runs = new RegExp(`\\d(?:(?:${separators})?\\d){${minDigits - 1},}`, 'g');

/** Texts that look like numbers but are not: UUIDs, long hexadecimal digests with letters, ids like pi_3TomAsaFxA9Kd7NwT0. */
const notForPeople =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?=[0-9]*[a-f])[0-9a-f]{32,}\b|\b[a-z]+(?:_[a-z]+)*_(?=[0-9]*[A-Za-z])[A-Za-z0-9]{10,}/gi;

/** A decimal digit of any script but ASCII: full-width, Arabic, Devanagari, mathematical, ... */
const foreignDigits = '[\\p{Nd}--[0-9]]';
const foreignDigit = new RegExp(foreignDigits, 'gv');
const anyForeignDigit = new RegExp(foreignDigits, 'v');
/** Where such digits are, roughly: most texts have nothing there, which is found out ten times as fast. */
const whereDigitsAre = /[\u0660-\u1fff\ua620-\uffff]/;

/** Whether a text has decimal digits of another script than ASCII. */
export function hasForeignDigits(text: string): boolean {
  return whereDigitsAre.test(text) && anyForeignDigit.test(text);
}

/** The text with every decimal digit written in ASCII, as long as before: a digit of two UTF-16 units is followed by a separator. */
export function withAsciiDigits(text: string): string {
  if (!hasForeignDigits(text)) return text;
  return text.replace(foreignDigit, (digit) => `${digitValue(digit)}${digit.length === 2 ? '\u200b' : ''}`);
}

/** Unicode encodes the decimal digits of a script in order, so the value is the distance to its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) as number;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10; // five mathematical alphabets, one after the other
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

/**
 * Card numbers in a text that people type: 13 to 19 digits of any script, in groups or not, of a known issuer range, with a right check
 * digit. Groups are joined in the order they stand in; a card number inside one longer group of digits is not found.
 * @param minCount smallest number of digits of a card number.
 * Source: ISO/IEC 7812-1 (issuer ranges, Luhn formula).
 */
export function cardNumbersIn(text: string, minCount: number = minDigits): CardNumber[] {
  if (text.length < minDigits) return [];
  const ascii = withAsciiDigits(text);
  const found = [...ascii.matchAll(runs)].flatMap((run) => cardNumbersOf(run[0], run.index, minCount));
  if (found.length === 0) return found;
  const skipped = [...ascii.matchAll(notForPeople)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  return skipped.length === 0 ? found : found.filter((card) => !skipped.some(({ start, end }) => card.start >= start && card.end <= end));
}

/**
 * Whether a text holds the digits of a card number anywhere, whatever surrounds them. For JSON without escapes and foreign digits the
 * answer is never false when one of its strings or numbers holds a card number, because quotes end a run of digits as the ends of a string do.
 */
export function mayHoldCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(runs)) if (cardNumbersOf(run, 0, minDigits).length > 0) return true;
  return false;
}

/** @param offset of the run in its text. */
function cardNumbersOf(run: string, offset: number, minCount: number): CardNumber[] {
  const groups = [...run.matchAll(/\d+/g)].map((group) => ({ start: offset + group.index, digits: group[0] }));
  const found: CardNumber[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const last = lastGroupOf(groups, first, minCount);
    const [head, tail] = [groups[first], last === undefined ? undefined : groups[last]];
    if (last === undefined || !head || !tail) continue;
    found.push({ start: head.start, end: tail.start + tail.digits.length });
    first = last;
  }
  return found;
}

/** Index of the last group of the longest card number that begins with group `first`. */
function lastGroupOf(groups: readonly { digits: string }[], first: number, minCount: number): number | undefined {
  let digits = '';
  let longest: number | undefined;
  for (let last = first; last < groups.length && digits.length < maxDigits; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (digits.length >= minCount && isCardNumber(digits)) longest = last;
  }
  return longest;
}

/** Whether digits have a length, an issuer range and a check digit of a card number. @param digits digits only. */
export function isCardNumber(digits: string): boolean {
  return digits.length >= minDigits && digits.length <= maxDigits && hasCheckDigit(digits) && hasIssuer(digits);
}

/** Issuer ranges by their first four digits, from, to (inclusive), and the lengths they are issued in. */
const issuers: readonly (readonly [from: number, to: number, lengths: readonly number[]])[] = [
  [4000, 4999, [13, 16, 18, 19]], // Visa
  [5100, 5599, [16]], // Mastercard
  [2221, 2720, [16]], // Mastercard
  [3400, 3499, [15]], // American Express
  [3700, 3799, [15]],
  [3000, 3059, [14, 16, 17, 18, 19]], // Diners Club
  [3095, 3095, [14, 16, 17, 18, 19]],
  [3600, 3699, [14, 15, 16, 17, 18, 19]],
  [3800, 3999, [14, 16, 17, 18, 19]],
  [3528, 3589, [16, 17, 18, 19]], // JCB
  [6000, 6199, [16, 17, 18, 19]], // Discover, RuPay, Elo, Hipercard
  [6440, 6599, [16, 17, 18, 19]], // Discover
  [6200, 6299, [16, 17, 18, 19]], // UnionPay
  [8100, 8199, [16, 17, 18, 19]],
  [5000, 5099, [13, 14, 15, 16, 17, 18, 19]], // Maestro
  [5600, 5899, [13, 14, 15, 16, 17, 18, 19]],
  [6300, 6399, [13, 14, 15, 16, 17, 18, 19]],
  [6700, 6799, [13, 14, 15, 16, 17, 18, 19]],
  [2200, 2205, [16, 17, 18, 19]], // Mir
  [9792, 9792, [16]], // Troy
];

function hasIssuer(digits: string): boolean {
  const prefix = Number(digits.slice(0, 4));
  return issuers.some(([from, to, lengths]) => prefix >= from && prefix <= to && lengths.includes(digits.length));
}

/** Luhn: from the right, every second digit doubled, the sum of all digits a multiple of ten. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = digits.length - 1, double = false; index >= 0; index -= 1, double = !double) {
    const digit = digits.charCodeAt(index) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}
