import { isOpenPath, pageHeaders } from './page-headers.js';

it.each([
  ['/counts', true],
  ['/payments/ch_3TomAsaFxA9Kd7NwT0VhK14jZ', true],
  ['/feed', true],
  ['/metrics', false],
  ['/payments/../metrics', false],
  ['/payments/a/b', false],
  ['//elsewhere.example/counts', false],
])('passes %s on: %p', (path, passed) => {
  expect(isOpenPath(path)).toBe(passed);
});

it('lets nothing from elsewhere run on the page', () => {
  expect(pageHeaders['content-security-policy']).toContain("default-src 'none'");
  expect(pageHeaders['content-security-policy']).toMatch(/script-src 'self';/);
});
