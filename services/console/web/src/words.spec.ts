import { grouped } from './words.js';

it.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['11463', '11,463'], // yen: no decimals
  ['1234567.80', '1,234,567.80'], // the last zero stays
  ['1234.567', '1,234.567'], // dinars: decimals are never grouped
  ['1234567.123456', '1,234,567.123456'],
  ['-1234.50', '-1,234.50'],
  ['-100.00', '-100.00'],
  ['9007199254740993.01', '9,007,199,254,740,993.01'], // beyond what a float can hold
  ['', ''],
])('groups %j as %j', (text, shown) => {
  expect(grouped(text)).toBe(shown);
});
