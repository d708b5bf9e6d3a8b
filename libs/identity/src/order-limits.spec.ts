import fc from 'fast-check';
import { minorUnitExponent } from '@tributary/domain';
import { aboveLimit, defaultOrderLimits, orderLimitsFrom } from './order-limits.js';

const decimalsOf = (currency: string): number | undefined => (/^[A-Z]{3}$/.test(currency) ? minorUnitExponent(currency) : undefined);
const limits = orderLimitsFrom('accountant: 500 messages, 10000, JPY 1000000, EUR 9000.50; engineer: 100 messages, 0');
const of = (roles: string[], messages: number, ...sums: [bigint, string][]): string[] =>
  aboveLimit(limits, roles, { messages, sums: sums.map(([minor, currency]) => ({ minor, currency })) }, decimalsOf);

it.each([
  ['exactly the limit', ['accountant'], 500, [[1_000_000n, 'USD']], 0],
  ['one message more', ['accountant'], 501, [], 1],
  ['a cent more', ['accountant'], 1, [[1_000_001n, 'USD']], 1],
  ['a cent more in a currency of its own', ['accountant'], 1, [[900_051n, 'EUR']], 1],
  ['a currency without decimals', ['accountant'], 1, [[1_000_000n, 'JPY']], 0],
  ['a currency with three decimals', ['accountant'], 1, [[10_000_001n, 'KWD']], 1],
  ['money that was taken back', ['accountant'], 1, [[-1_000_001n, 'USD']], 1],
  [
    'two currencies, each within',
    ['accountant'],
    2,
    [
      [900_050n, 'EUR'],
      [1_000_000n, 'USD'],
    ],
    0,
  ],
  ['what is no currency', ['accountant'], 1, [[1n, 'x1']], 1],
  ['an engineer with money', ['engineer'], 1, [[1n, 'USD']], 1],
  ['an engineer without money', ['engineer'], 100, [], 0],
  ['the most generous of two roles', ['engineer', 'accountant'], 500, [[1_000_000n, 'USD']], 0],
  ['a role without limits', ['approver'], 1, [], 1],
  ['no role at all', [], 1, [[1n, 'USD']], 2],
] as const)('%s', (_what, roles, messages, sums, count) => {
  expect(of([...roles], messages, ...(sums as readonly [bigint, string][]))).toHaveLength(count);
});

it('tells the size and the limit in major units', () => {
  expect(of(['accountant'], 501, [1_000_001n, 'USD'])).toEqual([
    'it is about 501 messages, and 500 is the most that you decide alone',
    'it is about 10000.01 USD, and 10000 USD is the most that you decide alone',
  ]);
});

it('never lets more through when there is more of it', () => {
  const size = fc.record({ messages: fc.integer({ min: 1, max: 1_000 }), minor: fc.bigInt({ min: 0n, max: 2_000_000n }) });
  fc.assert(
    fc.property(size, fc.nat(500), fc.bigInt({ min: 0n, max: 10_000n }), ({ messages, minor }, more, money) => {
      const alone = of(['accountant'], messages + more, [minor + money, 'USD']).length === 0;
      if (alone) expect(of(['accountant'], messages, [minor, 'USD'])).toEqual([]);
    }),
  );
});

it.each([
  '',
  'accountant',
  'accountant: many messages, 1',
  'accountant: 5 messages, USD',
  'accountant: 5 messages, usd 3',
  'a: 1 messages, -3',
])('refuses "%s"', (text) => {
  expect(() => orderLimitsFrom(text)).toThrow(/expected/);
});

it('has defaults that can be read', () => {
  expect([...orderLimitsFrom(defaultOrderLimits).keys()]).toEqual(['accountant', 'engineer']);
});
