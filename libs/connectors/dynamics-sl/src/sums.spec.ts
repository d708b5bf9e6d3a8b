import { ratioOf, sumOf } from './sums.js';

it.each([
  [['0.10', '0.20'], '0.3'],
  [['120', '-20.005'], '99.995'],
  [[], '0'],
  [['1.50', '-1.5'], '0'],
])('the sum of %j is %s', (texts, expected) => {
  expect(sumOf(texts)).toBe(expected);
});

it.each([
  ['80.00', '107.52', '1.344'],
  ['3', '1', '0.3333333333'],
  ['3', '2', '0.6666666667'],
  ['1000', '1000.00', '1'],
])('one unit of %s is worth, when all is %s: %s', (amount, worth, expected) => {
  expect(ratioOf(amount, worth)).toBe(expected);
});

it('refuses what is no amount', () => {
  expect(() => sumOf(['1e3'])).toThrow(RangeError);
  expect(() => sumOf(['0.12345678901'])).toThrow(RangeError);
  expect(() => ratioOf('0', '1')).toThrow(RangeError);
});
