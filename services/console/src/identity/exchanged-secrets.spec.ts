import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSigningKey } from '@tributary/identity';
import { secretSource } from '@tributary/platform';
import { exportJWK, generateKeyPair } from 'jose';
import { OidcProvider } from './emit/oidc-provider.js';
import { secretOf } from './identity.config.js';

/** Secrets of the console that are exchanged in their files while it runs. */
const folder = mkdtempSync(join(tmpdir(), 'exchanged-secrets-'));
const file = join(folder, 'secret');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('signs with the key that is in IDENTITY_KEY_FILE now', async () => {
  const make = async (): Promise<string> => {
    const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
    return JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'console', alg: 'EdDSA' });
  };
  const [first, second] = [await make(), await make()];
  writeFileSync(file, first);
  const key = await secretOf('IDENTITY_KEY', { file }, readSigningKey);
  const before = await key();
  expect(await key()).toBe(before);
  rmSync(file);
  writeFileSync(file, second);
  expect(await key()).not.toBe(before);
});

it('signs in at the provider with the secret that is in OIDC_CLIENT_SECRET_FILE now', async () => {
  const issuer = 'https://provider.example.test';
  const sent: (string | null)[] = [];
  const answer = (status: number, body: object): Response => Response.json(body, { status });
  const fetchFor = () =>
    ((url: string | URL, init?: { body?: unknown }) => {
      if (String(url).endsWith('/.well-known/openid-configuration'))
        return Promise.resolve(answer(200, { issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` }));
      sent.push(new URLSearchParams(String(init?.body)).get('client_secret'));
      return Promise.resolve(answer(401, { error: 'invalid_client' }));
    }) as typeof fetch;
  writeFileSync(file, 'of yesterday');
  const settings = {
    issuer,
    clientId: 'console',
    clientSecret: secretSource('OIDC_CLIENT_SECRET', { file }),
    consoleUrl: 'https://console.example.test',
    scope: 'openid',
    groupsClaim: 'groups',
  };
  const provider = new OidcProvider(settings, fetchFor);
  const callback = new URL(`${settings.consoleUrl}/identity/oidc/callback?code=a&state=b`);
  const exchange = () => provider.exchange(callback, { state: 'b', nonce: 'c', verifier: 'd'.repeat(43) });
  await expect(exchange()).rejects.toThrow();
  writeFileSync(file, 'of today');
  await expect(exchange()).rejects.toThrow();
  expect(sent).toEqual(['of yesterday', 'of today']);
});
