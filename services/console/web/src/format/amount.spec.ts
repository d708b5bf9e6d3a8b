import fc from 'fast-check';
import { amountLine, amountText, groupedDecimal, sumPerCurrency } from './amount.js';

const usd = (minor: string, text: string) => ({ minor, currency: 'USD', text, exact: true });

it.each([
  ['0', '0'],
  ['11463', '11,463'], // yen: no decimals
  ['1234567.80', '1,234,567.80'], // the last zero stays
  ['1234.567', '1,234.567'], // dinars: decimals are never grouped
  ['1234567.123456', '1,234,567.123456'],
  ['-1234.50', '-1,234.50'],
  ['-100.00', '-100.00'],
  ['9007199254740993.01', '9,007,199,254,740,993.01'],
])('groups %j as %j', (text, shown) => {
  expect(groupedDecimal(text)).toBe(shown);
});

it('marks an amount that its currency cannot have', () => {
  // Stripe sends ISK with two decimals that have to be zero; 114850 would be 1,148.50, which is not a valid ISK amount.
  expect(amountText({ minor: '114850', currency: 'ISK', text: '114850', exact: false })).toEqual({
    figure: '114,850',
    unit: 'minor units, not an ISK amount',
    exact: false,
  });
  expect(amountLine({ minor: '12', currency: 'USD', text: '12', exact: false })).toBe('12 minor units, not a USD amount');
});

it('says that an amount is not known, or cannot be read', () => {
  expect(amountLine(null)).toBe('amount not known');
  expect(amountLine({ minor: '', currency: 'USD', text: '1e9', exact: true })).toBe('amount not readable USD');
  expect(amountText({ minor: 'NaN\u0000', currency: '', text: 'NaN', exact: true }).figure).toBe('NaN\\u0000');
});

it('adds per currency, to the cent, and leaves out of a sum what is no amount', () => {
  const odd = { minor: '114850', currency: 'ISK', text: '114850', exact: false };
  expect(sumPerCurrency([usd('1050', '10.50'), null, usd('9007199254740993', '90071992547409.93'), odd, usd('-2', '-0.02')])).toEqual([
    usd('9007199254742041', '90071992547420.41'),
    odd,
  ]);
  expect(sumPerCurrency([{ minor: '5', currency: 'JPY', text: '5', exact: true }, usd('5', '0.05')])).toEqual([
    { minor: '5', currency: 'JPY', text: '5', exact: true },
    usd('5', '0.05'),
  ]);
});

it('never throws, and never shows a control character', () => {
  const amount = fc.record({
    minor: fc.string({ unit: 'binary' }),
    currency: fc.string({ unit: 'binary' }),
    text: fc.string({ unit: 'binary' }),
    exact: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.option(amount), (shown) => {
      expect(amountLine(shown)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      sumPerCurrency([shown]);
    }),
  );
});
