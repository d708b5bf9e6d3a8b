import fc from 'fast-check';
import { fromLedgerJson, toLedgerJson } from './ledger-json.js';
import { fromStorable, toShown, toStorable } from './storable-text.js';

/** Any UTF-16 code units: also U+0000, unpaired surrogates and the escape itself. */
const unit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('\0', '\ud83d', '\ude00', '\ufdd0', '\ufdd00000', 'a', '0', '\u{1f600}') },
  { weight: 1, arbitrary: fc.nat(0xffff).map((code) => String.fromCharCode(code)) },
);
const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));

it('stores any text as well-formed text without U+0000, and reads back the same text', () => {
  fc.assert(
    fc.property(text, (given) => {
      const stored = toStorable(given);
      expect(() => encodeURIComponent(stored)).not.toThrow(); // throws for an unpaired surrogate
      expect(stored).not.toContain('\0');
      expect(fromStorable(stored)).toBe(given);
    }),
  );
});

it('leaves ordinary text as it is, pairs of surrogates included', () => {
  for (const given of ['', 'Ivo Marek', 'Kai \u{1f600}', 'S/N 4\n']) expect(toStorable(given)).toBe(given);
});

it('shows what could not be stored as U+FFFD', () => {
  expect(toShown(toStorable('Ivo\0 Marek \ud83d!'))).toBe('Ivo\ufffd Marek \ufffd!');
});

it('stores names without a character that JSON escapes', () => {
  // V8 13.6 reads the name "\n" of the second object as a backslash, because an object with that name came before it.
  const given = [
    { '': null, '\\': true },
    { '': null, '\n': true },
    { '': null, '"': true },
  ];
  const stored = toLedgerJson(given);
  expect(stored).not.toContain('\\');
  expect(fromLedgerJson<object[]>(JSON.parse(stored)).map((object) => Object.keys(object))).toEqual(
    given.map((object) => Object.keys(object)),
  );
  expect(toShown(toLedgerJson({ '"\0': 'x' }))).toBe('{""\ufffd":"x"}');
});

it('keeps names, texts and whole numbers of nested values', () => {
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.bigInt(), fc.array(text), fc.constant(null))), (given) => {
      const stored = toLedgerJson({ given });
      expect(stored).not.toContain('\\u0000');
      expect(fromLedgerJson(JSON.parse(stored))).toEqual({ given });
    }),
  );
});
