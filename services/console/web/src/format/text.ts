import { currentFormats } from './company-format.js';

/**
 * Makes text from outside safe to display. Characters that are invisible, or that change how the text around them is read, are shown as
 * escapes (`\u0000`, `\u202E`): control characters, direction marks, invisible format characters, unpaired surrogates, private and
 * unassigned code points. Long text is cut with a note that says so.
 */

/** Longest text in a table, a title or a label, in code points. */
export const shortTextLimit = 200;
/** Longest text in places with more room, in code points. */
export const longTextLimit = 4_000;
/** Largest number of combining marks shown on one character; more would be drawn over the neighbouring lines. */
const combiningMarksLimit = 4;

/**
 * The zero-width joiners are excepted: emoji and Persian and Indic scripts need them, and alone they do not change the text around them.
 */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/u;
const combiningMark = /\p{M}/u;

/** `text` with every invisible character escaped. Never throws. */
export function visibleText(text: string, limit: number = shortTextLimit): string {
  let shown = '';
  let count = 0;
  let marks = 0;
  for (const character of text) {
    if (count >= limit) return `${shown}… (cut; ${groupedDigits(String(text.length))} characters in all)`;
    marks = combiningMark.test(character) ? marks + 1 : 0;
    if (marks > combiningMarksLimit || unseen.test(character)) shown += escaped(character);
    else shown += character;
    count += 1;
  }
  return shown;
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/**
 * Groups the digits of a whole number as the company writes them: `1234567` becomes `1,234,567`. Exact however long the text is; text that is
 * no whole number is returned unchanged.
 */
export function groupedDigits(digits: string): string {
  if (!/^-?\d+$/.test(digits)) return digits;
  const negative = digits.startsWith('-');
  return `${negative ? '-' : ''}${currentFormats().whole.format(BigInt(negative ? digits.slice(1) : digits))}`;
}

/** A count for display; a dash when it is unknown. */
export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : groupedDigits(String(count));
}

/** `encodeURIComponent` for any text. Unpaired surrogates, on which that function throws, become U+FFFD. */
export function addressPart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A count with its noun: `1 payment`, `2 payments`, `- payments`. */
export function counted(count: number | null, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
