import { clearCookie, cookieName, readCookie, setCookie } from './cookies.js';

it('binds cookies to this host and to https, out of reach for scripts', () => {
  expect(setCookie('tributary', 'abc', { secure: true })).toBe('__Host-tributary=abc; Path=/; HttpOnly; SameSite=Lax; Secure');
  expect(setCookie('tributary', 'abc', { secure: false })).toBe('tributary=abc; Path=/; HttpOnly; SameSite=Lax');
  expect(clearCookie('tributary', true)).toBe('__Host-tributary=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
  expect(cookieName('tributary', true)).toBe('__Host-tributary');
});

it.each([
  ['tributary=abc', 'abc'],
  ['a=b; tributary=abc; c=d', 'abc'],
  ['xtributary=abc', undefined],
  ['tributary=', undefined],
  ['tributary=a b', undefined],
  [`tributary=${'x'.repeat(201)}`, undefined],
  ['tributary', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the session of %j: %j', (header, expected) => {
  expect(readCookie(header, 'tributary')).toBe(expected);
});
