import fc from 'fast-check';
import { cardNumbersIn, isCardNumber } from './card-numbers.js';

/** Public test numbers of the schemes (docs.stripe.com/testing, developer pages of the schemes). */
const testCards = [
  '4242424242424242',
  '4000056655665556',
  '5555555555554444',
  '2223003122003222',
  '5105105105105100',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
  '6011000990139424',
  '3056930009020004',
  '3566002020360505',
  '6200000000000005',
  '6205500000000000004',
];

it.each(testCards)('%s is a card number', (number) => {
  expect(isCardNumber(number)).toBe(true);
});

it.each([
  ['4242424242424241', 'wrong check digit'],
  ['1234567812345670', 'no issuer'],
  ['424242424242', '12 digits'],
  ['42424242424242424242', '20 digits'],
])('%s is not: %s', (number) => {
  expect(isCardNumber(number)).toBe(false);
});

it.each([
  ['4242424242424242', 1],
  ['please charge 4242 4242 4242 4242, thanks', 1],
  ['4242-4242-4242-4242 exp 12/29', 1],
  ['4242–4242–4242–4242', 1], // en dashes
  ['3782 822463 10005', 1],
  ['order 1234 4242424242424242 12', 1],
  ['card4242424242424242x', 1],
  ['order_4242424242424242', 1],
  ['4242424242424242 5555555555554444', 2],
  ['4242424242424242,5555555555554444', 2],
  ['1788276642', 0],
  ['order 2026-11-21-000017', 0],
  ['pi_4242424242424242aB', 0],
  ['550e8400-e29b-41d4-4242-424242424242', 0],
  ['a0e95e8a4242424242424242c0ffee00', 0],
  ['+49 30 901820', 0],
])('%p holds %i', (text, count) => {
  expect(cardNumbersIn(text)).toHaveLength(count);
});

it('finds a card number wherever it stands in a text without other digits', () => {
  const words = fc.stringMatching(/^[a-zA-Z.,:;!?äöü\n]{0,30}$/);
  const spread = fc.constantFrom(
    (number: string) => number,
    (number: string) => number.replace(/(.{4})(?=.)/g, '$1 '),
    (number: string) => number.replace(/(.{4})(?=.)/g, '$1-'),
  );
  fc.assert(
    fc.property(words, fc.constantFrom(...testCards), spread, words, (before, number, write, after) => {
      const text = before + write(number) + after;
      const [found] = cardNumbersIn(text);
      expect(text.slice(found?.start, found?.end).replace(/\D/g, '')).toBe(number);
    }),
  );
});

it('looks through a megabyte of groups', () => {
  expect(cardNumbersIn('1 '.repeat(500_000))).toEqual([]);
});
