/** Form of a name for signing in, as {@link loginOf} gives it. */
export const loginPattern = /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{N}._@+-]{0,99}$/u;

/** The form in which names for signing in are compared: without blanks around them, in lower case. */
export function loginOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Form of a person's name: no control, direction or other invisible characters, because it is shown in logs, terminals and the audit trail. */
export const personNamePattern = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{1,200}$/u;

/** A person's name of the identity provider, as it may be shown. @param fallback for a name of which nothing is left. */
export function personNameOf(claim: unknown, fallback: string): string {
  const text = typeof claim === 'string' ? claim : '';
  const shown = [...text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')].slice(0, longestName).join('').trim();
  return shown === '' ? fallback : shown;
}

const longestName = 100; // characters; one may be two units of the pattern's 200

/** Path of the console to go back to after a sign-in; `/` for everything that is no path of our own, such as an address elsewhere. */
export function returnPath(given: unknown): string {
  return typeof given === 'string' && given.length <= 2_000 && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(given) && !given.startsWith('/identity/')
    ? given
    : '/';
}
