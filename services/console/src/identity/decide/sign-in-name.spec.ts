import fc from 'fast-check';
import { loginOf, loginPattern, personNameOf, personNamePattern, returnPath } from './sign-in-name.js';

it('takes a name for signing in however it is typed', () => {
  expect(loginOf('  Kim.M@Example.com ')).toBe('kim.m@example.com');
  expect(loginOf('\uff2b\uff49\uff4d')).toBe('kim'); // full-width letters
});

it.each([
  ['kim', true],
  ['kim.m@example.com', true],
  ['', false],
  ['.kim', false],
  ['kim m', false],
  ['kim\u202e', false],
  ['k'.repeat(101), false],
])('%j is a name for signing in: %p', (login, good) => {
  expect(loginPattern.test(login)).toBe(good);
});

it('shows any name of a provider as a name that is allowed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.jsonValue()), (claim) => {
      expect(personNameOf(claim, 'nobody')).toMatch(personNamePattern);
    }),
  );
  expect(personNameOf('Kim\u202e M.\n', 'x')).toBe('Kim M.');
  expect(personNameOf('\u200b', 'kim@example.com')).toBe('kim@example.com');
});

it.each([
  ['/payments?standing=open', '/payments?standing=open'],
  ['/', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/\t/elsewhere.example', '/'],
  ['https://elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['payments', '/'],
  ['/identity/oidc/start', '/'],
  [undefined, '/'],
  [['/payments'], '/'],
])('goes back from %j to %j', (given, path) => {
  expect(returnPath(given)).toBe(path);
});

it('never goes back to another origin', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `/${text}`),
      ),
      (given) => {
        expect(new URL(returnPath(given), 'https://console.example').origin).toBe('https://console.example');
      },
    ),
  );
});
