import { pageHeaders } from './page-headers.js';

it('lets nothing from elsewhere run on the page', () => {
  expect(pageHeaders['content-security-policy']).toContain("default-src 'none'");
  expect(pageHeaders['content-security-policy']).toMatch(/script-src 'self';/);
});
