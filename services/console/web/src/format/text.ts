/**
 * Text of strangers, made safe to look at. What cannot be seen, or changes how its surroundings are read, is shown as an escape
 * (`\u0000`, `\u202E`): control characters, direction marks, invisible format characters, unpaired surrogates, private and
 * unassigned code points. Long text is cut, and says so.
 */

/** Longest text shown in a table, a title or a label, in code points. */
export const shortTextLimit = 200;
/** Longest text shown where there is room for it, in code points. */
export const longTextLimit = 4_000;
/** More combining marks than this on one character would be drawn over the neighbouring lines. */
const combiningMarksLimit = 4;

/** The joiners belong to emoji and to Persian and Indic script; alone they change nothing that stands beside them. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/u;
const combiningMark = /\p{M}/u;

/** `text` with everything unseen escaped. Never throws, whatever it is given. */
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

/** Digits in threes: `1234567` is `1,234,567`. No number is made of the text, so it may be longer than a number can be. */
export function groupedDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A count for people; a dash when it is not known. */
export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : groupedDigits(String(count));
}

/** `encodeURIComponent` for any text: it throws on unpaired surrogates, which become U+FFFD here. */
export function addressPart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A word with its count: `1 payment`, `2 payments`, `- payments`. */
export function counted(count: number | null, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
