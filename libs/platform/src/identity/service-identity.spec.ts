import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeys, readSigningKey, signToken } from '@tributary/identity';
import type { JwkPair } from '@tributary/identity';
import { ConfigurationError } from '../config.js';
import { parsedSecret } from './parsed-secret.js';
import { refuseStrangersWithoutIdentity } from './protect-routes.js';
import { serviceIdentityOf } from './service-identity.js';
import { authorizedFetch, serviceTokenSource } from './service-token.js';

let folder: string;
let console_: JwkPair;
let recon: JwkPair;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  [console_, recon] = [await generateKeys('console'), await generateKeys('recon')];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return join(folder, name);
};
const header = async ({ privateJwk }: JwkPair): Promise<{ headers: { authorization: string } }> => {
  const key = await readSigningKey(JSON.stringify(privateJwk));
  const life = { tokenId: 'token-0001', lifetimeS: 60, now: new Date() };
  return { headers: { authorization: `Bearer ${await signToken(key, { subject: 'person:1', name: 'Ada' }, life)}` } };
};

it('reads its keys again when their file changes, and keeps them while it is half-written', async () => {
  const set = file('jwks.json', { keys: [console_.publicJwk] });
  const { bearer } = await serviceIdentityOf({ IDENTITY_JWKS_FILE: set });
  const rotated = await generateKeys('console');
  expect((await bearer?.authenticate(await header(console_)))?.subject).toBe('person:1');
  await expect(bearer?.authenticate(await header(rotated))).rejects.toThrow('not valid here');
  file('jwks.json', '{"keys":[{"kid":');
  expect((await bearer?.authenticate(await header(console_)))?.subject).toBe('person:1');
  file('jwks.json', { keys: [] });
  expect((await bearer?.authenticate(await header(console_)))?.subject).toBe('person:1');
  file('jwks.json', { keys: [rotated.publicJwk] });
  expect((await bearer?.authenticate(await header(rotated)))?.subject).toBe('person:1');
  await expect(bearer?.authenticate(await header(console_))).rejects.toThrow('not valid here');
});

it('names what is wrong with its configuration, and quotes no key', async () => {
  const jwks = JSON.stringify({ keys: [console_.publicJwk] });
  const cases: [Parameters<typeof serviceIdentityOf>[0], string][] = [
    [{ IDENTITY_JWKS: '{}' }, 'IDENTITY_JWKS is not usable'],
    [{ IDENTITY_JWKS_FILE: join(folder, 'none') }, 'IDENTITY_JWKS_FILE is not usable'],
    [{ IDENTITY_JWKS_FILE: file('empty', '') }, 'IDENTITY_JWKS_FILE is not usable'],
    [{ IDENTITY_JWKS: jwks, IDENTITY_JWKS_FILE: file('jwks', jwks) }, 'IDENTITY_JWKS and IDENTITY_JWKS_FILE are both set'],
    [{ IDENTITY_JWKS: JSON.stringify({ keys: [console_.privateJwk] }) }, 'it is a private key'],
    [{ SERVICE_KEY: JSON.stringify(recon.publicJwk) }, 'SERVICE_KEY is not usable'],
    [
      { IDENTITY_JWKS: jwks, IDENTITY_REVOCATIONS_URL: 'http://console:4000/identity/revocations' },
      'IDENTITY_REVOCATIONS_URL needs SERVICE_KEY',
    ],
  ];
  for (const [config, problem] of cases) {
    const error = await serviceIdentityOf(config).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(problem);
    expect(String(error)).not.toContain(console_.privateJwk.d);
  }
});

it.each(['0.0.0.0', '::', '10.0.0.7', '[::]', '127.evil.example', '1.127.0.0'])('serves no stranger at %s without identity', (host) => {
  expect(() => refuseStrangersWithoutIdentity(host, false)).toThrow(/HTTP_HOST is .* set IDENTITY_JWKS/);
  refuseStrangersWithoutIdentity(host, true);
});

it.each(['127.0.0.1', '127.8.0.1', '::1', '[::1]', 'localhost'])('serves this machine at %s without identity', (host) => {
  refuseStrangersWithoutIdentity(host, false);
});

it('says who it is with a token of its own, made anew at half of its life and with a new key', async () => {
  let at = new Date('2026-11-28T12:00:00Z');
  let key = await readSigningKey(JSON.stringify(recon.privateJwk));
  const tokens = serviceTokenSource(
    () => Promise.resolve(key),
    () => at,
  );
  const first = await tokens();
  at = new Date('2026-11-28T12:02:29Z');
  expect(await tokens()).toBe(first);
  at = new Date('2026-11-28T12:02:31Z');
  const second = await tokens();
  expect(second).not.toBe(first);
  key = await readSigningKey(JSON.stringify((await generateKeys('recon')).privateJwk));
  expect(await tokens()).not.toBe(second);
});

it('adds its token to its calls, unless a call is made for somebody else', async () => {
  const seen: (string | null)[] = [];
  const send = ((_url: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    seen.push(headers.get('authorization'), headers.get('accept'));
    return Promise.resolve(new Response());
  }) as typeof fetch;
  const call = authorizedFetch(send, () => Promise.resolve('own'));
  await call('http://recon/counts', { headers: { accept: '*/*' } });
  await call('http://recon/counts', { headers: { authorization: 'Bearer of-a-person' } });
  expect(seen).toEqual(['Bearer own', '*/*', 'Bearer of-a-person', null]);
  expect(authorizedFetch(send, undefined)).toBe(send);
});

it('says once for each value that it cannot be used', async () => {
  let text = '1';
  const warnings: string[] = [];
  const parse = (given: string): Promise<number> =>
    given === 'x' ? Promise.reject(new Error('no number')) : Promise.resolve(Number(given));
  const source = parsedSecret(
    'KEY',
    () => text,
    parse,
    (warning) => warnings.push(warning),
  );
  expect(await source()).toBe(1);
  text = 'x';
  expect([await source(), await source()]).toEqual([1, 1]);
  expect(warnings).toEqual(['KEY changed and cannot be used: no number; what was read before stays in use']);
  text = '2';
  expect(await source()).toBe(2);
});

it('does not start in production without keys, not even for its own machine', () => {
  expect(() => refuseStrangersWithoutIdentity('127.0.0.1', false, 'prod')).toThrow(/IDENTITY_JWKS is missing.*identity keys <folder>/);
  refuseStrangersWithoutIdentity('127.0.0.1', false, 'dev');
  refuseStrangersWithoutIdentity('0.0.0.0', true, 'prod');
});
