import { HttpException } from '@nestjs/common';

/** Answers about identity that the console gives: stable code, HTTP status, and what is said. Nothing in it helps to guess. */
export const identityProblems = {
  'identity.sign-in-refused': [
    401,
    'The name or the password is wrong, or there were too many attempts. After five wrong ones wait for 15 minutes.',
  ],
  'identity.link-refused': [401, 'The link was used, is older than 15 minutes, or was replaced by a newer one. Ask for another one.'],
  'identity.set-up-refused': [401, 'This is not the set-up code. It stands in the log of the console at its last start.'],
  'identity.provider-refused': [401, 'The sign-in at the identity provider could not be completed. Try again.'],
  'identity.session-needed': [401, 'Sign in at the console first.'],
  'identity.https-needed': [
    403,
    'Signing in over plain http is for this machine only. Open the console by https, and set CONSOLE_URL to that address.',
  ],
  'identity.csrf': [403, 'The request does not come from the page of this session. Reload the page and try again.'],
  'identity.own-access': [403, 'Nobody changes their own roles or locks themselves out. Ask somebody else who manages people.'],
  'identity.scope-too-wide': [403, 'A token can be given no more than whoever makes it may do.'],
  'identity.person-unknown': [404, 'There is no such person.'],
  'identity.session-unknown': [404, 'There is no such session: it has ended already.'],
  'identity.token-unknown': [404, 'There is no such token.'],
  'identity.set-up-done': [409, 'There are people already. Sign in.'],
  'identity.name-taken': [409, 'Somebody signs in with this name already.'],
  'identity.last-admin': [409, 'Nobody would be left who manages people. Make somebody else an admin first.'],
  'identity.too-many-tokens': [409, 'There are 50 tokens already. Withdraw some first.'],
  'identity.password-refused': [422, 'The password cannot be used.'],
  'identity.too-many-attempts': [429, 'Too many attempts from this address. Wait for 15 minutes.'],
  'identity.provider-silent': [502, 'The identity provider does not answer. Try again later.'],
  'identity.busy': [503, 'Too many people sign in at this moment. Try again.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/** Code of such an answer. */
export type IdentityProblemCode = keyof typeof identityProblems;

/** The exception for an answer. @param message in place of the text of the code. */
export function identityProblem(code: IdentityProblemCode, message?: string): HttpException {
  const [status, text] = identityProblems[code];
  return new HttpException({ error: code, message: message ?? text }, status);
}
