import { add, fromDecimalText, money, MoneyError, toDecimalText } from './money.js';

// Expected texts by hand from docs/reference/stripe.md, "Money".
it.each([
  { minor: 1050n, currency: 'usd', text: '10.50' },
  { minor: 5n, currency: 'USD', text: '0.05' },
  { minor: -29429n, currency: 'EUR', text: '-294.29' },
  { minor: 1050n, currency: 'jpy', text: '1050' },
  { minor: 5120n, currency: 'kwd', text: '5.120' },
  { minor: 500n, currency: 'isk', text: '5' },
  { minor: 500n, currency: 'ugx', text: '5' },
  { minor: 9007199254740993n, currency: 'usd', text: '90071992547409.93' },
])('writes $minor $currency as $text and reads it back', ({ minor, currency, text }) => {
  expect(toDecimalText(money(minor, currency))).toBe(text);
  expect(fromDecimalText(text, currency)).toEqual({ minor, currency: currency.toUpperCase() });
});

it('refuses an amount of krónur with decimals', () => {
  expect(() => toDecimalText(money(501n, 'ISK'))).toThrow('the currency has 0 decimals');
});

it.each(['1,050.00', '1e3', '', '10.005', 'ten'])('refuses to read %p dollars', (text) => {
  expect(() => fromDecimalText(text, 'USD')).toThrow(MoneyError);
});

it('refuses fractions and mixed currencies', () => {
  expect(() => money(10.5, 'USD')).toThrow('not a whole number');
  expect(() => add(money(1n, 'USD'), money(1n, 'EUR'))).toThrow('different currencies');
});
