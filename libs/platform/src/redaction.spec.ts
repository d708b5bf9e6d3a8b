import fc from 'fast-check';
import { redactLine, redactSecrets } from './redaction.js';

it.each([
  ['key sk_live_abcDEF123 refused', 'key [secret] refused'],
  ['key rk_test_51Habc refused', 'key [secret] refused'],
  ['secret whsec_demo_tributary of endpoint default', 'secret [secret] of endpoint default'],
  ['connecting postgres://tributary:pa55word@db:5432/x', 'connecting postgres://tributary:[secret]@db:5432/x'],
  ['connecting redis://:pa55word@cache', 'connecting redis://:[secret]@cache'],
  ['a password with postgres://u:p/a:s?s@db', 'a password with postgres://u:[secret]@db'],
  ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: [secret]'],
  ['authorization: bearer abcdefgh.ijk', 'authorization: [secret]'],
  ['charge ch_3TomAsaFxA9Kd7NwT0VhK14jZ of cus_upquNHnKxoIQFO', 'charge ch_3TomAsaFxA9Kd7NwT0VhK14jZ of cus_upquNHnKxoIQFO'],
  ['GET https://api.stripe.com/v1/charges', 'GET https://api.stripe.com/v1/charges'],
])('writes %p as %p', (text, redacted) => {
  expect(redactSecrets(text)).toBe(redacted);
});

const redacted = (value: unknown): unknown => JSON.parse(redactLine(JSON.stringify(value)));

it('replaces the value of a field with a secret name at any depth, in any case, whatever its type', () => {
  expect(redacted({ a: { b: { c: { d: { password: 'x', Authorization: 'y', secrets: ['p', 'q"]'], token: 12 } } } } })).toEqual({
    a: { b: { c: { d: { password: '[secret]', Authorization: '[secret]', secrets: '[secret]', token: '[secret]' } } } },
  });
});

it('leaves names that only contain a secret name', () => {
  const line = { secretIndex: 1, tokens: 3, passwordLess: true };
  expect(redacted(line)).toEqual(line);
});

it('ends at the end of a text: what follows a URL is another field', () => {
  expect(redacted({ url: 'http://a:80/x', mail: 'b@c.example' })).toEqual({ url: 'http://a:80/x', mail: 'b@c.example' });
});

it('writes valid JSON whatever a line holds, and no secret in it', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9]{12,24}$/).map((text) => `sk_live_${text}`);
  const noise = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(key, noise, noise, fc.jsonValue({ maxDepth: 4 }), (secret, before, after, value) => {
      const line = { value, text: `${before} ${secret} ${after}`, nested: [[[{ api_key: secret, url: `https://u:${secret}@erp/` }]]] };
      const written = redactLine(JSON.stringify(line));
      expect(() => JSON.parse(written)).not.toThrow();
      expect(written).not.toContain(secret);
    }),
    { numRuns: 300 },
  );
});
