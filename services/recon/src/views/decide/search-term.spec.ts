import { lookupOf, searchTerm } from './search-term.js';

const currencies = ['EUR', 'JPY', 'KWD', 'USD'];

it.each([
  ['223.55 EUR', [['22355', 'EUR']]],
  ['EUR 223,55', [['22355', 'EUR']]],
  [' 223.55eur ', [['22355', 'EUR']]],
  ['1500 jpy', [['1500', 'JPY']]],
  ['1500.5 JPY', []],
  [
    '223.55',
    [
      ['22355', 'EUR'],
      ['223550', 'KWD'],
      ['22355', 'USD'],
    ],
  ],
  ['223.555', [['223555', 'KWD']]],
  ['5 XYZ', []],
])('%s is the amount %j', (typed, amounts) => {
  const term = searchTerm(typed, currencies);
  expect([term.as, term.amounts.map(({ minor, currency }) => [minor, currency])]).toEqual(['amount', amounts]);
});

it.each([
  ['ch_3TomAsaFxA9Kd7NwT0VhK14jZ', 'id'],
  ['kinetic-main/cash-receipt/ch_1', 'id'],
  ['CM-118', 'id'],
  ['ada@example.test', 'email'],
  ['Ada Lovelace', 'text'],
  ['', 'text'],
  ['1'.repeat(200), 'id'],
])('%s is understood as %s', (typed, as) => {
  expect(searchTerm(typed, currencies)).toEqual({ q: typed, as, amounts: [] });
});

it('a whole traceparent is its trace', () => {
  const term = searchTerm(' 00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01 ', currencies);
  expect([term.q, term.as]).toEqual(['0af7651916cd43dd8448eb211c80319c', 'id']);
});

it.each([
  ['Ada@Example.test', { kind: 'email', text: 'ada@example.test' }],
  [' WEB-1001', { kind: 'order', text: 'web-1001' }],
  ['Order 77', { kind: 'order', text: 'order 77' }],
  ['   ', undefined],
])('%j is looked up as %j', (typed, expected) => {
  expect(lookupOf(searchTerm(typed, currencies))).toEqual(expected);
});
