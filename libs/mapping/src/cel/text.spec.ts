import fc from 'fast-check';
import { truncated } from './text.js';

const family = '👨‍👩‍👧‍👦'; // 11 UTF-16 code units
const flag = '🇸🇪'; // 4
const accented = 'e\u0301\u0302'; // 3

it.each([
  ['Anna', 10, 'Anna'],
  ['Anna Berg', 5, 'Anna'],
  [`ab${family}`, 12, 'ab'],
  [`ab${family}`, 13, `ab${family}`],
  [`x${flag}${flag}`, 8, `x${flag}`],
  [`12${accented}`, 4, '12'],
  ['नमस्ते', 5, 'नम'],
  ['e\r\n', 2, 'e'],
  [`${family}x`, 10, null],
  ['e' + '\u0301'.repeat(80), 50, null],
  ['', 3, ''],
])('%j in %d characters is %j', (text, length, expected) => {
  expect(truncated(text, length)).toBe(expected);
});

const cluster = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  fc.constantFrom(family, flag, accented, '👩🏽‍🚀', '1️⃣', 'क्षि', '한', 'a\u0300\u0323', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', ' ', 'ß', '\u200d', '\ufe0f'),
);
const texts = fc.array(cluster, { maxLength: 40 }).map((parts) => parts.join(''));

it('fits, is a beginning of the text, and ends where a grapheme ends', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 60 }), (text, length) => {
      const cut = truncated(text, length) ?? '';
      expect(cut.length).toBeLessThanOrEqual(length);
      expect(text.startsWith(cut)).toBe(true);
      const whole = [...segmenter.segment(text)].map(({ segment }) => segment);
      const kept = [...segmenter.segment(cut)].map(({ segment }) => segment);
      // White space at the end is removed. Nothing else may be missing before the cut.
      expect(whole.slice(0, kept.length)).toEqual(kept);
      const next = whole.slice(kept.length).find((segment) => segment.trim() !== '');
      if (text.length > length && next !== undefined) {
        const spaces = whole.slice(kept.length, whole.indexOf(next, kept.length)).join('');
        expect((cut + spaces + next).length).toBeGreaterThan(length);
      }
    }),
    { numRuns: 2_000 },
  );
});
