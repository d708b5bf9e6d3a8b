import { fromThousandths, readJson, thousandths } from './exact-json.js';

it.each([
  ['125.50', 125_500n, '125.5'],
  ['0.01', 10n, '0.01'],
  ['1.005', 1_005n, '1.005'],
  ['90071992547409.93', 90_071_992_547_409_930n, '90071992547409.93'],
  ['9007199254740993', 9_007_199_254_740_993_000n, '9007199254740993'],
  ['-3', -3_000n, '-3'],
])('keeps %s', (text, expected, written) => {
  const { amount } = readJson(`{"amount":${text}}`) as { amount: unknown };
  expect(thousandths(amount)).toBe(expected);
  expect(JSON.stringify(fromThousandths(expected))).toBe(written);
});

it.each(['1.0005', '1e3', '"10"', 'null', 'true'])('%s is no amount with three decimals', (text) => {
  expect(thousandths((readJson(`{"amount":${text}}`) as { amount: unknown }).amount)).toBeUndefined();
});
