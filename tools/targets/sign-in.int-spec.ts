import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErpConnector } from '@tributary/connector-kit';
import { checkTarget, connectorFor } from '@tributary/target-registry';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { signInAtTarget } from './sign-in-command.js';

/** A real issuer (oidc-provider) signs a person in by device code, and an ERP that asks it about every token (RFC 7662) takes the tokens. */
interface DeviceCode {
  accountId?: string;
  grantId?: string;
  scope?: string;
  error?: string;
  save(): Promise<string>;
}
/** Parts of oidc-provider by which a test does what a person does in a browser. */
interface Models {
  readonly DeviceCode: { findByUserCode(code: string): Promise<DeviceCode | undefined> };
  readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
}
const clientId = 'tributary';
const scope = 'openid offline_access';

let folder: string;
let file: string;
let issuer: string;
let servers: Server[];
let erpUrl: string;
let models: Models;
/** Seconds that the issuer gives a person. */
let codeLivesS: number;
/** Tokens that the ERP was called with. */
let seen: string[];

async function listening(handler?: (request: IncomingMessage, response: ServerResponse) => void): Promise<[Server, string]> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}
async function ask(path: string, token: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${issuer}${path}`, { method: 'POST', body: new URLSearchParams({ token, client_id: clientId }) });
  return (await answer.json().catch(() => ({}))) as Record<string, unknown>;
}
async function answerOfErp(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  seen.push(token);
  const { active } = await ask('/token/introspection', token);
  response.writeHead(active === true ? 200 : 401, { 'content-type': 'application/json' });
  response.end(JSON.stringify(active === true ? { value: [] } : { ErrorMessage: 'The token has expired.' }));
}

beforeAll(async () => {
  servers = [];
  const [server, url] = await listening();
  issuer = url;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
        redirect_uris: [],
        response_types: [],
        application_type: 'native',
      },
    ],
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: { deviceFlow: { enabled: true }, introspection: { enabled: true }, revocation: { enabled: true } },
    rotateRefreshToken: true,
    ttl: { DeviceCode: () => codeLivesS, AccessToken: 3_600, RefreshToken: 86_400, Grant: 86_400, IdToken: 3_600 },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['of this test'] },
  });
  provider.use(async (context, next) => {
    await next();
    const body = context.body as Record<string, unknown> | undefined;
    // A person is quick here, and the issuer lets the client ask as quickly (RFC 8628 section 3.2: interval, s).
    if (context.path === '/device/auth' && context.status === 200) context.body = { ...body, interval: 0.05 };
    // Its clock is an hour behind and its ID tokens are over when they come: nobody reads them.
    if (context.path === '/token' && body?.id_token !== undefined) context.body = { ...body, id_token: 'over.an-hour.ago' };
  });
  models = provider as unknown as Models;
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  [, erpUrl] = await listening((request, response) => void answerOfErp(request, response));
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
  file = join(folder, 'sign-in.json');
  [seen, codeLivesS] = [[], 600];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const variables = (change: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  KINETIC_URL: `${erpUrl}/kinetic`,
  KINETIC_COMPANY: 'EPIC06',
  KINETIC_API_KEY: 'a-key',
  ERP_OAUTH_ISSUER: issuer,
  ERP_OAUTH_CLIENT_ID: clientId,
  ERP_OAUTH_REFRESH_TOKEN_FILE: file,
  ERP_OAUTH_SCOPE: scope,
  ...change,
});
const connector = (change?: Readonly<Record<string, string>>): ErpConnector => connectorFor('epicor-kinetic', variables(change));
const signal = AbortSignal.timeout(120_000);
const refreshToken = (): string => (JSON.parse(readFileSync(file, 'utf8')) as { refreshToken: string }).refreshToken;

/** What a person does at the address that is shown. */
type Person = (code: DeviceCode) => Promise<void>;
const consents: Person = async (code) => {
  const grant = new models.Grant({ accountId: 'ada', clientId });
  grant.addOIDCScope(scope);
  Object.assign(code, { accountId: 'ada', grantId: await grant.save(), scope });
  await code.save();
};
const refuses: Person = async (code) => {
  code.error = 'access_denied';
  await code.save();
};

/** Runs the command. @returns its exit code and everything that it wrote. */
async function signIn(person: Person | undefined, change?: Readonly<Record<string, string>>): Promise<[code: number, text: string]> {
  const lines: string[] = [];
  const acts: Promise<void>[] = [];
  const out = (line: string): void => {
    lines.push(line);
    const [, code = ''] = /enter the code (\S+)/.exec(line) ?? [];
    if (person && code !== '')
      acts.push(
        models.DeviceCode.findByUserCode(code.replace(/-/g, '')).then(async (found) => {
          if (!found) throw new Error(`the issuer knows no code ${code}`);
          await person(found);
        }),
      );
  };
  const env = { ...variables(change), TRIBUTARY_STATE_DIR: folder };
  const exit = await signInAtTarget({ values: { target: ['kinetic-main'] } }, env, { out, error: (line) => lines.push(line) }, signal);
  await Promise.all(acts);
  return [exit, lines.join('\n')];
}

it('shows address and code, keeps the sign-in for its owner alone, and calls carry tokens of that person', async () => {
  const [exit, text] = await signIn(consents);
  expect([exit, text]).toEqual([
    0,
    expect.stringMatching(/^Open http:\S+\/device on any device and enter the code [A-Z-]+ within 10 minutes\./),
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(text).not.toContain(refreshToken());
  await connector().probe(signal);
  expect(seen.length).toBeGreaterThan(0);
  expect(await ask('/token/introspection', seen[0] ?? '')).toMatchObject({ active: true, sub: 'ada' });
});

it('a refresh token that the issuer exchanges is kept before it is needed again, also by several processes at once', async () => {
  await signIn(consents);
  const first = refreshToken();
  await connector().probe(signal);
  expect(refreshToken()).not.toBe(first);
  // Each has no token yet. Whoever used a token twice would end the sign-in of all.
  await Promise.all([1, 2, 3, 4, 5].map(() => connector().probe(signal)));
  await connector().probe(signal);
  expect((await ask('/token/introspection', refreshToken())).active).toBe(true);
});

it('a sign-in that is revoked pauses the target and says how to sign in; after that the same process goes on', async () => {
  await signIn(consents);
  const target = connector({ ERP_TARGET: 'kinetic-main' });
  await target.probe(signal);
  await ask('/token/revocation', refreshToken());
  await ask('/token/revocation', seen[0] ?? '');
  const refused = target.probe(signal);
  await expect(refused).rejects.toMatchObject({ code: 'erp.unauthorised', disposition: 'pause' });
  await expect(refused).rejects.toThrow('npm run -s tributary -- targets sign-in --target kinetic-main');
  await expect(refused).rejects.not.toThrow(refreshToken());
  await signIn(consents);
  await target.probe(signal);
});

it('a refresh token that came twice ends the sign-in at the issuer, and is told like one that expired', async () => {
  await signIn(consents);
  const before = readFileSync(file, 'utf8');
  await connector().probe(signal);
  rmSync(file);
  writeFileSync(file, before); // a backup that was put back
  await expect(connector().probe(signal)).rejects.toThrow(/invalid_grant.*Sign in: npm run/);
});

it.each([
  ['consent that is refused', refuses, 600, 1, /access_denied.*refused it\. Sign in again/],
  ['a code that nobody enters', undefined, 1, 1, /Nobody entered the code in time|nobody entered the code in time/],
] as const)('%s leaves no sign-in', async (_name, person, lives, code, says) => {
  codeLivesS = lives;
  expect(await signIn(person)).toEqual([code, expect.stringMatching(says)]);
  expect(() => statSync(file)).toThrow('ENOENT');
  await expect(connector().probe(signal)).rejects.toThrow('nobody is signed in. Sign in: npm run');
});

it('an issuer that is away is told as such, and pauses the target like an ERP that is away', async () => {
  const away = { ERP_OAUTH_ISSUER: 'http://127.0.0.1:9' };
  expect(await signIn(consents, away)).toEqual([3, expect.stringContaining('http://127.0.0.1:9 gives no usable discovery document')]);
  await signIn(consents);
  await expect(connector(away).probe(signal)).rejects.toMatchObject({ code: 'erp.silent', disposition: 'pause' });
  expect(seen).toEqual([]);
});

it('an endpoint on another host is not called unless it is named', async () => {
  const [, url] = await listening((_request, response) => {
    const document = { issuer: url, token_endpoint: 'http://localhost:9/token', device_authorization_endpoint: `${issuer}/device/auth` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  const [exit, text] = await signIn(consents, { ERP_OAUTH_ISSUER: url });
  expect([exit, text]).toEqual([1, expect.stringContaining('which is another host. Name it in ERP_OAUTH_TOKEN_URL')]);
  const named = { ERP_OAUTH_ISSUER: url, ERP_OAUTH_TOKEN_URL: `${issuer}/token`, ERP_OAUTH_DEVICE_URL: `${issuer}/device/auth` };
  expect((await signIn(consents, named))[0]).toBe(0);
});

it('a target without what a sign-in needs is told what to set', async () => {
  const lines: string[] = [];
  const env = { TRIBUTARY_STATE_DIR: folder };
  const output = { out: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };
  expect(await signInAtTarget({ values: { target: ['kinetic-main'] } }, env, output)).toBe(1);
  expect(await signInAtTarget({ values: {} }, env, output)).toBe(2);
  expect(lines).toEqual([expect.stringContaining('ERP_OAUTH_REFRESH_TOKEN_FILE'), expect.stringContaining('--target')]);
});

const day = 86_400_000;
it.each([
  ['nobody has signed in', undefined, 'check.sign-in-needed'],
  ['the sign-in ended', -day, 'check.sign-in-needed'],
  ['the sign-in ends in six days', 6 * day, 'check.sign-in-ends-soon'],
  ['the sign-in lasts', 8 * day, 'check.passed'],
] as const)('the check says when %s', async (_name, leftMs, code) => {
  const now = Date.parse('2026-09-01T12:00:00Z');
  if (leftMs !== undefined)
    writeFileSync(
      file,
      JSON.stringify({ refreshToken: 'r', signedInAt: new Date(now - day).toISOString(), endsAt: new Date(now + leftMs).toISOString() }),
    );
  const [found] = await checkTarget('epicor-kinetic', variables({ ERP_TARGET: 'kinetic-main' }), {}, { now: () => now });
  expect(found).toMatchObject({ code, about: 'login' });
});

it('the end of a sign-in is counted from the days that are configured, where the issuer does not tell it', async () => {
  await signIn(consents);
  const at = (days: number) => ({ now: () => Date.now() + days * day });
  const [unknown] = await checkTarget('epicor-kinetic', variables(), {}, at(0));
  expect(unknown).toMatchObject({ code: 'check.cannot-be-known', text: expect.stringContaining('The end of the sign-in') as string });
  const configured = variables({ ERP_OAUTH_SIGN_IN_DAYS: '90' });
  expect((await checkTarget('epicor-kinetic', configured, {}, at(0)))[0]?.code).toBe('check.passed');
  expect((await checkTarget('epicor-kinetic', configured, {}, at(85)))[0]?.code).toBe('check.sign-in-ends-soon');
  expect((await checkTarget('epicor-kinetic', configured, {}, at(91)))[0]?.code).toBe('check.sign-in-needed');
});
