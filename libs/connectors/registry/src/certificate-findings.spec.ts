import { certificateFinding } from './certificate-findings.js';

const day = 86_400_000;
const now = Date.parse('2026-09-01T12:00:00Z');

it.each([
  [-1, 'missing', 'check.certificate-expired'],
  [1, 'warning', 'check.certificate-ends-soon'],
  [13, 'warning', 'check.certificate-ends-soon'],
  [15, 'ok', 'check.passed'],
])('a certificate that ends in %i days is %s', (days, level, code) => {
  expect(certificateFinding('server', now + days * day, now)).toMatchObject({ level, code, about: 'certificate' });
});

it('says which certificate ends, and when', () => {
  expect(certificateFinding('client', now + day, now).text).toBe('the client certificate expires on 2026-09-02, in 1 days.');
});
