/**
 * Characters that nobody sees and that change what is seen: controls (C0, C1), format characters (direction of text, zero width, tags), line
 * and paragraph separators, letters that are blank, and halves of surrogate pairs.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u034f\u115f\u1160\u3164\uffa0]/u;
const everyUnseen = new RegExp(unseen.source, 'gu');
const everyUnseenButLines = new RegExp(`(?!\\n)${unseen.source}`, 'gu');

/** The first such character of a text that a person typed. */
export interface UnseenCharacter {
  /** `U+202E`. */
  readonly name: string;
  /** Its place, characters counted from 1. */
  readonly place: number;
}

/** Finds the first character that must not be in a text that a person types; undefined: there is none. */
export function unseenCharacter(text: string): UnseenCharacter | undefined {
  let place = 0;
  for (const character of text) {
    place += 1;
    if (!unseen.test(character)) continue;
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return { name: `U+${point.padStart(4, '0')}`, place };
  }
  return undefined;
}

/**
 * The text with every such character written as `\u202e`, so that a terminal shows it and does not obey it. JSON text stays the same JSON.
 * @param lines `kept`: line feeds stay, for a text that is several lines by itself.
 */
export function visibleText(text: string, lines: 'kept' | 'shown' = 'shown'): string {
  return text.replace(lines === 'kept' ? everyUnseenButLines : everyUnseen, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** What a spreadsheet takes for the beginning of a formula, also behind blanks and quotes. */
const formula = /^[\s"'\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/**
 * One cell of a CSV file: always quoted, unseen characters written out, and text that a spreadsheet would run as a formula behind an
 * apostrophe, so that it is text there.
 */
export function csvCell(value: string | number | bigint | boolean | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  // Tab and carriage return at the start begin a formula in some spreadsheets: they are looked at before they are written out.
  const isFormula = (formula.test(text) || /^[\t\r\n]/.test(text)) && !plainNumber.test(text);
  return `"${`${isFormula ? "'" : ''}${visibleText(text)}`.replaceAll('"', '""')}"`;
}

/** Lines of a CSV file (RFC 4180), the first one its header; ends with a line break. */
export function csvText(rows: readonly (readonly Parameters<typeof csvCell>[0][])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
