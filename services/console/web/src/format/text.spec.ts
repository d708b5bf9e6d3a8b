import fc from 'fast-check';
import { addressPart, counted, countText, groupedDigits, visibleText } from './text.js';

it.each([
  ['Kettle Creek Outfitters', 'Kettle Creek Outfitters'],
  ['Žofie Nováková 株式会社 👩‍👧', 'Žofie Nováková 株式会社 👩‍👧'],
  ['a\u0000b', 'a\\u0000b'],
  ['two\nlines\t', 'two\\u000Alines\\u0009'],
  ['gpj.\u202Eexe', 'gpj.\\u202Eexe'], // a right-to-left override reverses what follows
  ['\u2066x\u2069', '\\u2066x\\u2069'],
  ['zero\u200Bwidth\uFEFF', 'zero\\u200Bwidth\\uFEFF'],
  ['\uD800 alone', '\\uD800 alone'],
  ['\u{E0041}', '\\u{E0041}'], // a tag character
  ['line\u2028end', 'line\\u2028end'],
  ['', ''],
])('shows %j as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

it('cuts long text and says how long it was', () => {
  expect(visibleText('a'.repeat(1_000_000), 10)).toBe('aaaaaaaaaa… (cut; 1,000,000 characters in all)');
});

it('escapes a pile of combining marks, and leaves ordinary ones alone', () => {
  expect(visibleText('e\u0301')).toBe('e\u0301');
  expect(visibleText(`z${'\u0336'.repeat(6)}`)).toBe(`z${'\u0336'.repeat(4)}\\u0336\\u0336`);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
);

it('shows any text without a character that cannot be seen, and never longer than its limit allows', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, limit) => {
      const shown = visibleText(text, limit);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u);
      expect(shown.length).toBeLessThanOrEqual(limit * '\\u{10FFFF}'.length + '… (cut; 1,000 characters in all)'.length);
    }),
    { numRuns: 1_000 },
  );
});

it('makes a part of an address of any text', () => {
  fc.assert(fc.property(anyText, (text) => expect(decodeURIComponent(addressPart(text))).toBe(text.toWellFormed())));
});

it.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['1234567', '1,234,567'],
  ['9007199254740993', '9,007,199,254,740,993'], // beyond what a float can hold
  ['-1234', '-1,234'],
  ['', ''],
])('groups %j as %j', (digits, shown) => {
  expect(groupedDigits(digits)).toBe(shown);
});

it('writes counts, and a dash for one that is not known', () => {
  expect([countText(12_345), countText(0), countText(null)]).toEqual(['12,345', '0', '–']);
  expect([counted(1, 'payment'), counted(2, 'payment'), counted(0, 'write to Stripe', 'writes to Stripe')]).toEqual([
    '1 payment',
    '2 payments',
    '0 writes to Stripe',
  ]);
});
