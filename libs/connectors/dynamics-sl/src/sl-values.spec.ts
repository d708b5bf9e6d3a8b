import fc from 'fast-check';
import { amountNumber, comparableDecimal, dayOf, decimalText, isSet, textOf } from './sl-values.js';

// docs/reference/dynamics-sl.md section 2.3: CHAR columns are padded, an empty date is 1900-01-01, booleans are shorts.
it.each([
  ['BAS       ', 'BAS'],
  ['  two words ', '  two words'],
  [null, ''],
  [undefined, ''],
  [125.5, '125.5'],
  [true, 'true'],
] as const)('reads %p as %p', (value, expected) => {
  expect(textOf(value)).toBe(expected);
});

it.each([
  ['2025-03-01T00:00:00', '2025-03-01'],
  ['03/01/2025', '2025-03-01'],
  ['3/1/2025 12:00:00 AM', '2025-03-01'],
  ['1900-01-01T00:00:00', ''],
  ['01/01/1900', ''],
  ['', ''],
  [null, ''],
  ['soon', ''],
] as const)('reads the date %p as %p', (value, expected) => {
  expect(dayOf(value)).toBe(expected);
});

it.each([
  [1, true],
  [-1, true],
  [0, false],
  ['1 ', true],
  [true, true],
  [null, false],
] as const)('reads the flag %p as %p', (value, expected) => {
  expect(isSet(value)).toBe(expected);
});

it.each([
  ['294.29', 294.29],
  ['0125.500', 125.5],
  ['-0.00', 0],
  ['-1.5', -1.5],
])('sends %p as %p', (text, expected) => {
  expect(amountNumber(text)).toBe(expected);
});

it.each(['1e3', '', '1,5', '90071992547409.93', '0.1234567890123456789'])('refuses %p', (text) => {
  expect(() => amountNumber(text)).toThrow(RangeError);
});

it.each([
  [294.29, '294.29'],
  [1e21, '1000000000000000000000'],
  [1.5e-7, '0.00000015'],
  [-1.25e22, '-12500000000000000000000'],
])('writes %p as %p', (value, expected) => {
  expect(decimalText(value)).toBe(expected);
});

it('an amount that is sent reads as the same amount, to the cent, up to ten thousand million', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.constantFrom(0, 2, 3), (minor, decimals) => {
      const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
      const text = `${minor < 0n ? '-' : ''}${digits.slice(0, digits.length - decimals)}${decimals ? `.${digits.slice(-decimals)}` : ''}`;
      const answered = JSON.parse(JSON.stringify(amountNumber(text))) as number;
      expect(comparableDecimal(textOf(answered))).toBe(comparableDecimal(text));
    }),
  );
});
