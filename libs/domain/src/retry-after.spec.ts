import fc from 'fast-check';
import { longestRetryAfterMs, readRetryAfter } from './retry-after.js';

// The dates are the examples of RFC 9110, section 5.6.7: all three are the same second.
const examples = ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'];
const example = Date.UTC(1994, 10, 6, 8, 49, 37);

it.each(examples)('reads %s', (text) => {
  expect(readRetryAfter(text, example - 42_000)).toBe(42_000);
  expect(readRetryAfter(text, example + 1)).toBe(0);
});

it.each([
  ['120', 120_000],
  ['0', 0],
  [' 7 ', 7_000],
  ['1.5', 1_500],
  ['86400', 600_000],
  ['9'.repeat(400), 600_000],
])('reads %p as %p ms', (text, ms) => {
  expect(readRetryAfter(text, example)).toBe(ms);
});

it.each([
  '',
  ' ',
  '-5',
  '+5',
  '0x10',
  '1e3',
  '5s',
  'soon',
  '1994-11-06',
  'Infinity',
  'Sun, 06 Nov 1994 08:49:37 PST',
  'Sun, 06 Foo 1994 08:49:37 GMT',
])('does not guess what %p means', (text) => {
  expect(readRetryAfter(text, example)).toBeUndefined();
});

it('has no value for a header that is not there', () => {
  expect([readRetryAfter(null, 0), readRetryAfter(undefined, 0)]).toEqual([undefined, undefined]);
});

it('is never negative, never longer than the limit and never throws, whatever the header says', () => {
  const seconds = fc.nat({ max: 1_000_000_000 }).map(String);
  const dates = fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toUTCString());
  fc.assert(
    fc.property(fc.oneof(fc.string(), seconds, dates), fc.nat({ max: 4_000_000_000_000 }), (text, now) => {
      const ms = readRetryAfter(text, now) ?? 0;
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(longestRetryAfterMs);
    }),
  );
});

it('means the same by seconds and by date', () => {
  fc.assert(
    fc.property(fc.nat({ max: 600 }), fc.integer({ min: 0, max: 4_000_000_000 }), (seconds, nowS) => {
      const at = new Date((nowS + seconds) * 1_000).toUTCString();
      expect(readRetryAfter(at, nowS * 1_000)).toBe(readRetryAfter(String(seconds), nowS * 1_000));
    }),
  );
});
