import fc from 'fast-check';
import { money, toDecimalText } from '@tributary/domain';
import { amountText, negated, sameAmount } from './p21-amount.js';
import { fromUnits, toUnits } from './documents/journal-rows.js';
import { numberToken, readExactJson } from './p21-json.js';

// Columns of amounts are decimal(19,4): docs/reference/prophet21.md section 14.
it.each([
  ['294.2900', 'USD', '294.29'],
  ['294.29', 'USD', '294.29'],
  ['12.0000', 'USD', '12.00'],
  ['12', 'USD', '12.00'],
  ['1050.0000', 'JPY', '1050'],
  ['1.0050', 'KWD', '1.005'],
  ['-64.0000', 'USD', '-64.00'],
  ['90071992547409.93', 'USD', '90071992547409.93'],
  // More decimals than the currency has: shown as it is, not rounded.
  ['1.0001', 'USD', '1.0001'],
])('shows %s %s as %s', (stored, currency, text) => {
  expect(amountText(readExactJson(stored) as number, currency)).toBe(text);
});

it('keeps every digit on the way to P21 and back', () => {
  const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.constantFrom('USD', 'JPY', 'KWD'));
  fc.assert(
    fc.property(amounts, ([minor, currency]) => {
      const text = toDecimalText(money(minor, currency));
      const back = readExactJson(JSON.stringify(numberToken(text))) as number;
      expect(amountText(back, currency)).toBe(text);
      expect(sameAmount(text, fromUnits(toUnits(text)))).toBe(true);
    }),
  );
});

it('compares amounts as numbers, and not as text', () => {
  expect(sameAmount('12.5', '12.5000')).toBe(true);
  expect(sameAmount('-0', '0.00')).toBe(true);
  expect(sameAmount('12.5', '-12.5')).toBe(false);
  expect(sameAmount('0.1', '1')).toBe(false);
  expect(negated('12.50')).toBe('-12.50');
  expect(negated('-12.50')).toBe('12.50');
});
