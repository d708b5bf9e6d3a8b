import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvText, unseenCharacter, visibleText } from './visible-text.js';

/** C0, delete, C1, directions, zero width, tags, separators, blank letters: Unicode 17, categories Cc and Cf, and single ones. */
const unseen = [
  ...Array.from({ length: 0x20 }, (_, n) => n),
  ...Array.from({ length: 0x21 }, (_, n) => 0x7f + n),
  ...[0xad, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2060, 0x2061, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xfff9, 0x3164, 0xffa0, 0xe0001, 0xe0041, 0xe007f],
].map((point) => String.fromCodePoint(point));
const anyUnseen = fc.constantFrom(...unseen, '\ud800', '\udc00');
const plain = fc.string({ unit: fc.constantFrom(...'abcÄöß漢字 😀,;.-"\'\\/=+@'), maxLength: 12 });
const hostile = fc.array(fc.oneof(plain, anyUnseen)).map((parts) => parts.join(''));

it.each(unseen)('finds %j and its place', (character) => {
  expect(unseenCharacter(`mended 😀${character}x`)).toEqual({
    name: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    place: 9,
  });
});

it('lets through what people write', () => {
  fc.assert(fc.property(plain, (text) => unseenCharacter(text) === undefined && visibleText(text) === text));
});

it('shows every such character, and keeps JSON the same', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(unseenCharacter(visibleText(text))).toBeUndefined();
      const json = JSON.stringify({ text });
      expect(JSON.parse(visibleText(json))).toEqual(JSON.parse(json));
    }),
  );
  expect(visibleText('a\u202eb\nc', 'kept')).toBe('a\\u202eb\nc');
  expect(visibleText('a\u{e0041}')).toBe('a\\udb40\\udc41');
});

const starts = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"=', "'=", ' =', '"\t=', '\uff1d', '\u00a0=');
const cells = fc.oneof(
  hostile,
  fc.tuple(starts, hostile).map((parts) => parts.join('')),
);

it('writes CSV that a parser reads back as it is shown, and no cell that a spreadsheet runs', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cells, cells), { minLength: 1 }), (rows) => {
      const read = parse(csvText(rows), { relax_column_count: false }) as string[][];
      expect(read).toHaveLength(rows.length);
      for (const [n, row] of read.entries())
        for (const [column, cell] of row.entries()) {
          const given = rows[n]?.[column] ?? '';
          expect([visibleText(given), `'${visibleText(given)}`]).toContain(cell);
          // OWASP "CSV Injection": these begin a formula; a number does not.
          if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
          expect(cell).not.toMatch(/^[\s"]+[=+\-@]/);
        }
    }),
    { numRuns: 1_000 },
  );
});

it('keeps numbers as numbers', () => {
  expect(
    csvText([
      ['amount', 'text'],
      ['-12.50', '-12+1'],
      [29_429n, null],
    ]),
  ).toBe('"amount","text"\r\n"-12.50","\'-12+1"\r\n"29429",""\r\n');
});
