import { sameName, shownName, storedName } from './person-name.js';

it.each([
  ['Lovelace~Ada', 'Ada Lovelace'],
  ['Ada Ltd', 'Ada Ltd'],
  ['Cher~', 'Cher'],
])('shows %s as %s', (stored, expected) => {
  expect(shownName(stored)).toBe(expected);
});

it.each([
  ['Ada King', 'Lovelace~Ada', 'King~Ada'],
  ['Ada Augusta King', 'Lovelace~Ada', 'King~Ada Augusta'],
  ['Cher', 'Lovelace~Ada', 'Cher'],
  ['Ada Ltd', 'Ada Limited', 'Ada Ltd'],
])('stores %s beside %s as %s', (name, before, expected) => {
  expect(storedName(name, before)).toBe(expected);
});

it('compares names in either form', () => {
  expect(sameName('Lovelace~Ada', 'ada  lovelace')).toBe(true);
  expect(sameName('', '')).toBe(false);
  expect(sameName('Ada Ltd', 'Ada Inc')).toBe(false);
});
