import { commonPasswords } from './common-passwords.js';

/** Shortest password, characters (NIST SP 800-63B, 5.1.1.2; OWASP ASVS 5.0, 6.2.1 asks for 8 at least and recommends 15). */
export const shortestPassword = 12;
/** Longest password, characters: a bound for what is hashed. ASVS 6.2.9 asks for at least 64. */
export const longestPassword = 128;

/**
 * Why a new password is refused, in one sentence for the person who chose it; undefined when it is accepted. There are no rules about kinds
 * of characters (ASVS 6.2.5); what everybody tries first is refused (ASVS 6.2.4, 6.2.11).
 * @param context words of this person and product that the password may not consist of: the sign-in name, the name.
 */
export function passwordProblem(password: string, context: readonly string[]): string | undefined {
  const { length } = [...password];
  if (length < shortestPassword) return `The password is too short: it has ${length} characters, and needs ${shortestPassword}.`;
  if (length > longestPassword) return `The password is too long: it has ${length} characters, and may have ${longestPassword}.`;
  const plain = password.normalize('NFKC').toLowerCase();
  if (commonPasswords.has(plain)) return 'This password is one of the most common ones. Choose another one.';
  if (isOneStep(plain)) return 'This password is one character, or a run of neighbours, over and over. Choose another one.';
  if (isRepeated(plain)) return 'This password is one text, over and over. Choose another one.';
  const found = ['tributary', ...context].find((word) => isMostly(plain, word.normalize('NFKC').toLowerCase()));
  return found === undefined ? undefined : 'This password is little more than your name or the name of the product. Choose another one.';
}

/** Whether each character follows the one before it by the same step of 0, 1 or -1: `aaaa`, `1234`, `dcba`. */
function isOneStep(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  return Math.abs(step) <= 1 && codes.every((code, index) => index === 0 || code - (codes[index - 1] ?? 0) === step);
}

const longestUnit = 4; // a longer one that is cut off at the end makes more than a repetition of little

/** Whether a short text fills the whole (`abcabcabcabca`), or a longer one is repeated to make it (`secretsecret`). */
function isRepeated(text: string): boolean {
  for (let unit = 1; unit <= text.length / 2; unit += 1) {
    const repeated = text.slice(0, unit).repeat(Math.ceil(text.length / unit));
    if (unit <= longestUnit ? repeated.startsWith(text) : repeated === text) return true;
  }
  return false;
}

/** Whether without the word at most digits and marks are left: `tributary2026!`. */
function isMostly(text: string, word: string): boolean {
  if (word.length < 4 || !text.includes(word)) return false;
  return !/\p{L}/u.test(text.replaceAll(word, ''));
}
