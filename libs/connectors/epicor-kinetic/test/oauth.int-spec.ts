import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { epicorKineticTarget } from '../src/index.js';

/**
 * A real issuer (oidc-provider) gives the tokens, and an ERP that asks it about every token (RFC 7662) takes them. The ERP answers each read
 * with no rows but its one period: what is tried is the login. 401 for an expired token: docs/reference/epicor-kinetic.md section 5.
 */
let folder: string;
let secretFile: string;
let issuer: string;
let issuerServer: Server;
let erp: Server;
/** Tokens that the ERP was called with, one a call. */
let seen: string[];
let given: number;
/** Status that the issuer answers itself instead of the provider; for an issuer in trouble. */
let issuerFails: number | undefined;
const secret = 'of this test only';

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function ask(path: string, token: string): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({ token, client_id: 'tributary', client_secret: secret });
  const answer = await fetch(`${issuer}${path}`, { method: 'POST', body });
  return (await answer.json().catch(() => ({}))) as Record<string, unknown>;
}
async function answerOfErp(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  seen.push(token);
  const { active } = await ask('/token/introspection', token);
  response.writeHead(active === true ? 200 : 401, { 'content-type': 'application/json' });
  const period = { StartDate: '2000-01-01T00:00:00', EndDate: '2999-12-31T00:00:00', ClosedPeriod: false };
  const value = request.url?.includes('GLBookPerSearches') ? [period] : [];
  response.end(JSON.stringify(active === true ? { value } : { ErrorMessage: 'The token has expired.' }));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oauth-'));
  secretFile = join(folder, 'client-secret');
  issuerServer = createServer();
  issuer = await listening(issuerServer);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'tributary',
        client_secret: secret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        scope: 'erp',
      },
    ],
    scopes: ['erp', 'everything'],
    features: { clientCredentials: { enabled: true }, introspection: { enabled: true }, revocation: { enabled: true } },
    ttl: { ClientCredentials: 3_600 },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['of this test'] },
  });
  const answer = provider.callback();
  issuerServer.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/token') given += 1;
    if (request.url === '/token' && issuerFails !== undefined) response.writeHead(issuerFails).end('<h1>busy</h1>');
    else answer(request, response);
  });
  erp = createServer((request, response) => void answerOfErp(request, response));
  await listening(erp);
});
afterAll(async () => {
  for (const server of [erp, issuerServer]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [seen, given, issuerFails] = [[], 0, undefined];
  writeFileSync(secretFile, secret);
});

function connector(change: Readonly<Record<string, string>> = {}) {
  return epicorKineticTarget.create(
    {
      KINETIC_URL: `http://127.0.0.1:${(erp.address() as AddressInfo).port}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_API_KEY: 'a-key',
      ERP_OAUTH_TOKEN_URL: `${issuer}/token`,
      ERP_OAUTH_CLIENT_ID: 'tributary',
      ERP_OAUTH_CLIENT_SECRET_FILE: secretFile,
      ERP_OAUTH_SCOPE: 'erp',
      ...change,
    },
    {},
  );
}
const signal = AbortSignal.timeout(60_000);
const findings = async (of: ReturnType<typeof connector>): Promise<string[]> =>
  ((await of.check?.({}, signal)) ?? []).filter(({ level }) => level === 'missing').map(({ about, text }) => `${about}: ${text}`);

it('all calls of a target share one token of the issuer, and no password is needed', async () => {
  expect(await findings(connector())).toEqual([]);
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(seen).size).toBe(1);
  expect(given).toBe(1);
});

it('a token that was revoked is replaced once, and the call made again', async () => {
  const target = connector();
  await target.probe(signal);
  await ask('/token/revocation', seen[0] ?? '');
  seen = [];
  await target.probe(signal);
  expect(new Set(seen).size).toBe(2);
  expect(given).toBe(2);
});

it('a client secret that is exchanged in its file is used without a restart', async () => {
  writeFileSync(secretFile, 'no longer valid');
  const target = connector();
  await expect(target.probe(signal)).rejects.toThrow('Check ERP_OAUTH_CLIENT_ID and ERP_OAUTH_CLIENT_SECRET');
  writeFileSync(secretFile, `${secret}\n`);
  await target.probe(signal);
  expect(seen.length).toBeGreaterThan(0);
});

it.each([
  ['a wrong secret', { ERP_OAUTH_CLIENT_SECRET_FILE: '', ERP_OAUTH_CLIENT_SECRET: 'wrong-secret' }, 'ERP_OAUTH_CLIENT_SECRET'],
  ['an unknown client', { ERP_OAUTH_CLIENT_ID: 'nobody' }, 'ERP_OAUTH_CLIENT_ID'],
  ['a scope that was not granted', { ERP_OAUTH_SCOPE: 'everything' }, 'ERP_OAUTH_SCOPE'],
])('%s pauses the target and says what to do; nothing reaches the ERP', async (_name, change, names) => {
  const probed = connector(change).probe(signal);
  await expect(probed).rejects.toMatchObject({ code: 'erp.unauthorised', disposition: 'pause' });
  await expect(probed).rejects.toThrow(names);
  await expect(probed).rejects.not.toThrow('wrong-secret');
  expect(seen).toEqual([]);
});

it.each([
  ['answers 503', 503, {}],
  ['cannot be reached', undefined, { ERP_OAUTH_TOKEN_URL: 'http://127.0.0.1:9/token' }],
])('an issuer that %s pauses the target like an ERP that is away', async (_name, status, change) => {
  issuerFails = status;
  await expect(connector(change).probe(signal)).rejects.toMatchObject({ code: 'erp.silent', disposition: 'pause' });
  expect(seen).toEqual([]);
});

it('a token endpoint without a client stops the start', () => {
  expect(() => connector({ ERP_OAUTH_CLIENT_ID: '' })).toThrow('ERP_OAUTH_CLIENT_ID');
});
