import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenFileName } from './api-token.js';
import { keyFile, makeKeyFiles, publicKeysFile } from './key-files.js';
import { makeLocalIdentity, readTerms, signLocalToken } from './local-token.js';
import { serviceIdentity } from './service-identity.js';

let folder: string;
const now = new Date('2026-11-28T12:00:00.500Z');
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'identity-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const part = (token: string, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>;
const token = (): string => readFileSync(join(folder, tokenFileName), 'utf8').trim();

function isSignedByConsole(text: string): boolean {
  const { keys } = JSON.parse(readFileSync(publicKeysFile(folder), 'utf8')) as { keys: (JsonWebKey & { kid: string })[] };
  const key = createPublicKey({ key: keys.find(({ kid }) => kid === 'console') as JsonWebKey, format: 'jwk' });
  const [header, payload, signature = ''] = text.split('.');
  return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
}

it('makes a token of the person at this machine for thirty days, that nobody else can read', () => {
  makeLocalIdentity(folder, now);
  expect((statSync(join(folder, tokenFileName)).mode & 0o777).toString(8)).toBe('600');
  expect(part(token(), 0)).toEqual({ alg: 'EdDSA', kid: 'console', typ: 'JWT' });
  const { grants, iat, exp, sub } = part(token(), 1) as {
    grants: { role: string; target: string }[];
    iat: number;
    exp: number;
    sub: string;
  };
  expect({ sub, iat, life: exp - iat }).toEqual({ sub: 'person:local-admin', iat: now.getTime() / 1_000 - 0.5, life: 2_592_000 });
  expect(grants.map(({ role, target }) => `${role} ${target}`)).toEqual([
    'viewer *',
    'accountant *',
    'engineer *',
    'approver *',
    'admin *',
  ]);
  expect(isSignedByConsole(token())).toBe(true);
});

it('keeps the token while it is good for a week, and makes another one before it ends or when the key is another', () => {
  makeLocalIdentity(folder, now);
  const first = token();
  makeLocalIdentity(folder, days(22));
  expect(token()).toBe(first);
  makeLocalIdentity(folder, days(24));
  const second = token();
  expect(second).not.toBe(first);
  rmSync(keyFile(folder, 'console'));
  makeLocalIdentity(folder, days(24));
  expect(token()).not.toBe(second);
  expect(isSignedByConsole(token())).toBe(true);
});

it('gives scripts a token that reads for a day', () => {
  makeKeyFiles(folder);
  const { grants, iat, exp } = part(signLocalToken(folder, readTerms, now), 1) as { grants: unknown; iat: number; exp: number };
  expect({ grants, life: exp - iat }).toEqual({ grants: [{ role: 'viewer', target: '*' }], life: 86_400 });
});

it('tells each service its own key only, as a file', () => {
  const told = (service: string): Record<string, string> => serviceIdentity(service, { folder: '/k', consoleUrl: 'http://127.0.0.1:4000' });
  const revocations = { IDENTITY_REVOCATIONS_URL: 'http://127.0.0.1:4000/identity/revocations' };
  expect(told('ingest')).toEqual({ IDENTITY_JWKS_FILE: '/k/jwks.json' });
  expect(told('recon')).toEqual({ IDENTITY_JWKS_FILE: '/k/jwks.json', SERVICE_KEY_FILE: '/k/recon.key.json', ...revocations });
  for (const sink of ['erp-sink', 'erp-sink-stripe', 'erp-sink-b'])
    expect(told(sink)).toEqual({ IDENTITY_JWKS_FILE: '/k/jwks.json', SERVICE_KEY_FILE: '/k/erp-sink.key.json', ...revocations });
  expect(told('console')).toEqual({
    IDENTITY_JWKS_FILE: '/k/jwks.json',
    IDENTITY_KEY_FILE: '/k/console.key.json',
    SERVICE_KEY_FILE: '/k/console-service.key.json',
  });
  expect(told('emulator-stripe')).toEqual({});
});
