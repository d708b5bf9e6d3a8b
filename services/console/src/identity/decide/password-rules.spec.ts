import fc from 'fast-check';
import { commonPasswords } from './common-passwords.js';
import { longestPassword, passwordProblem, shortestPassword } from './password-rules.js';

it.each([
  ['eleven char', 'too short'],
  ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑', 'too short'], // 11 characters in 22 units
  ['x'.repeat(129), 'too long'],
  ['PassWord1234', 'most common'],
  ['1qaz2wsx3edc', 'most common'],
  ['aaaaaaaaaaaaaaaa', 'over and over'],
  ['fedcba9876543210'.slice(6), 'too short'],
  ['23456789:;<=>?', 'over and over'],
  ['abcabcabcabcab', 'over and over'],
  ['FootballFootball', 'over and over'],
  ['Tributary-2026!', 'your name'],
  ['k.marlowe99999', 'your name'],
])('refuses %j: %s', (password, why) => {
  expect(passwordProblem(password, ['k.marlowe', 'Kit Marlowe'])).toContain(why);
});

it.each([
  'wet stone over a slow river',
  'only lower case letters here',
  '4921 7740 1183',
  '\u0441\u043b\u043e\u0432\u0430 \u0432 \u0440\u0435\u043a\u0435',
  'tributary of a slow river',
])('asks for no kind of characters: %j', (password) => {
  expect(passwordProblem(password, ['k.marlowe'])).toBeUndefined();
});

it('holds only common passwords that the length does not refuse already', () => {
  for (const password of commonPasswords) expect([password, password.length >= shortestPassword]).toEqual([password, true]);
  expect(commonPasswords.size).toBeGreaterThan(100);
});

it('never accepts what is shorter or longer than the limits, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(fc.string()), (password, context) => {
      const { length } = [...password];
      const accepted = passwordProblem(password, context) === undefined;
      if (accepted) expect(length >= shortestPassword && length <= longestPassword).toBe(true);
    }),
  );
});
