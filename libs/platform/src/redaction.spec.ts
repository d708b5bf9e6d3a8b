import { secretNames } from '@tributary/domain';
import fc from 'fast-check';
import { maxLogLine, redactLine, redactSecrets } from './redaction.js';

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

it.each(secretNames)('replaces the value of %s: in a field, in a list of headers, and in JSON that stands in a text', (name) => {
  const lines = [{ a: { [name]: 'hush' } }, { rawHeaders: [name, 'hush'] }, { body: JSON.stringify({ [name]: 'hush' }) }];
  expect(lines.map((line) => redactLine(JSON.stringify(line))).filter((line) => line.includes('hush'))).toEqual([]);
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

const jwt = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJwZXJzb246MSJ9.c2lnbmF0dXJlc2lnbmF0dXJl';
const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIB\n-----END PRIVATE KEY-----';

it.each<[string, unknown, RegExp]>([
  ['a signed token', { text: `got ${jwt} from the console` }, /c2lnbmF0/],
  ['a private key', { err: { message: `cannot read ${pem}` } }, /MC4CAQ/],
  ['a private key that is cut off', { text: '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbc' }, /MHcCAQ/],
  ['raw headers', { rawHeaders: ['Host', 'a', 'Authorization', 'Token abc123xyz', 'X-API-Key', 'abc123xyz'] }, /abc123xyz/],
  ['a header that is a list', { headers: { 'set-cookie': ['a=abc123xyz; Path=/'], cookie: 'b=abc123xyz' } }, /abc123xyz/],
  ['JSON in a text', { body: JSON.stringify({ user: 'a', password: 'abc123xyz', more: 1 }) }, /abc123xyz/],
  ['JSON in JSON in a text', { body: JSON.stringify({ inner: JSON.stringify({ client_secret: 'abc123xyz' }) }) }, /abc123xyz/],
  ['a cause of a cause', { err: { message: 'x', cause: { message: 'y', cause: { refresh_token: 'abc123xyz' } } } }, /abc123xyz/],
  ['a card number', { text: 'card 4242 4242 4242 4242' }, /4242 4242 4242/],
  ['a card number that is a number', { note: '4242.4242.4242.4242' }, /4242\.4242\.4242/],
])('hides %s', (_what, value, secret) => {
  const line = redactLine(JSON.stringify(value));
  expect(line).not.toMatch(secret);
  expect(() => JSON.parse(line)).not.toThrow();
});

it('keeps the fields around a secret in nested JSON', () => {
  const body = JSON.stringify({ user: 'ann', password: 'abc123xyz', company: 'EPIC06' });
  expect(redacted({ body })).toEqual({ body: '{"user":"ann","password":[secret],"company":"EPIC06"}' });
});

it('cuts a line of a megabyte, and it stays one line of JSON without secrets', () => {
  const line = JSON.stringify({
    level: 'error',
    time: 't',
    service: 'recon',
    huge: 'x'.repeat(1_000_000),
    msg: `key sk_live_abcDEF123 ${'y'.repeat(9_000)}`,
  });
  const written = redactLine(`${line}\n`);
  expect(written.length).toBeLessThan(maxLogLine);
  expect(written.endsWith('}\n')).toBe(true);
  expect(written).not.toContain('sk_live');
  expect(JSON.parse(written)).toMatchObject({ level: 'error', service: 'recon', cutFrom: line.length + 1 });
});

it('cuts a line that is no JSON', () => {
  expect(JSON.parse(redactLine('z'.repeat(maxLogLine + 1)))).toMatchObject({ cutFrom: maxLogLine + 1 });
});

it('writes nothing that a terminal obeys or hides', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = redactLine(JSON.stringify({ text: `a\u001b[31m\u009b31m\u202e\u200b${text}` }));
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/);
      expect(() => JSON.parse(line)).not.toThrow();
    }),
  );
});
