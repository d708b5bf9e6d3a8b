import fc from 'fast-check';
import { headers } from '@tributary/contracts';
import { boundedText, headerText, idText, maxHeaderLength, maxIdBytes, storableText } from './header-text.js';

/** Any sequence of UTF-16 code units, with many surrogates and zeros among them. */
const unit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7ff, max: 0xe000 }), fc.constant(0));
const utf16 = fc.array(unit, { maxLength: 3_000 }).map((units) => String.fromCharCode(...units));
const name = fc.constantFrom(...Object.values(headers), 'x-other');

it('makes text that strict UTF-8 and PostgreSQL can hold out of any UTF-16, and leaves such text as it is', () => {
  fc.assert(
    fc.property(utf16, (text) => {
      const storable = storableText(text);
      expect(storable.isWellFormed() && !storable.includes('\0')).toBe(true);
      expect(storable).toHaveLength(text.length);
      expect(storableText(storable)).toBe(storable);
    }),
  );
});

it('gives a header that was written the same text when it is read', () => {
  fc.assert(
    fc.property(name, utf16, (each, text) => {
      const written = headerText(each, text);
      expect(headerText(each, Buffer.from(written).toString())).toBe(written);
      expect(written.isWellFormed() && !written.includes('\0')).toBe(true);
      expect(written.length).toBeLessThanOrEqual(maxHeaderLength);
    }),
  );
});

it('keeps long ids apart, and short enough for an index', () => {
  fc.assert(
    fc.property(utf16, utf16, fc.nat(5_000), (one, other, more) => {
      const [first, second] = [idText(one + 'a'.repeat(more)), idText(other + 'a'.repeat(more))];
      expect(Buffer.byteLength(first)).toBeLessThanOrEqual(maxIdBytes);
      expect(first === second).toBe(storableText(one) === storableText(other));
    }),
  );
});

it.each([
  ['short', 'short'],
  ['a\0b', 'a\uFFFDb'],
  ['\ud83d', '\uFFFD'],
  ['x'.repeat(50), `${'x'.repeat(9)}… [cut, 50 characters]`],
  // The cut would fall into a pair.
  [`xxxxxxxx${'😀'.repeat(21)}`, `xxxxxxxx… [cut, 50 characters]`],
])('bounds %j', (text, expected) => {
  expect(boundedText(text, 31)).toBe(expected);
});
