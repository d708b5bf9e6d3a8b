import { freePorts, startStack } from '@tributary/local-stack';
import { startConsole } from '../testing/console-system.js';
import type { ConsoleSystem } from '../testing/console-system.js';
import { CookieClient } from '../testing/cookie-client.js';
import { IdentityProvider, oidcClient } from '../testing/identity-provider.js';

/** Signing in at a real OpenID Connect provider, over HTTP. */
let stack: Awaited<ReturnType<typeof startStack>>;
let system: ConsoleSystem;
let consoleUrl: string;
const provider = new IdentityProvider();

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  const [port = 0] = await freePorts(1);
  consoleUrl = `http://127.0.0.1:${port}`;
  system = await startConsole(stack.databaseUrl, variables(consoleUrl, await provider.start(consoleUrl)), port);
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await provider.stop();
  await stack?.stop();
});
beforeEach(async () => {
  await system.database.query('truncate console.person, console.revocation, console.attempts, console.oidc_request cascade');
  provider.groups.clear();
  provider.groups.set('kim', ['finance', 'people of no interest']);
  provider.falsify = undefined;
});

function variables(url: string, issuer: string): Record<string, string> {
  return {
    CONSOLE_URL: url,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: oidcClient.id,
    OIDC_CLIENT_SECRET: oidcClient.secret,
    OIDC_GROUPS: '{"finance": ["viewer", "accountant@ledger-one"], "heads": ["approver"]}',
    OIDC_NAME: 'Company account',
  };
}

/** Begins a sign-in. @returns where the provider is asked. */
async function begin(browser: CookieClient, back = '/payments?standing=open'): Promise<string> {
  const answer = await browser.get(`/identity/oidc/start?return=${encodeURIComponent(back)}`);
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}

async function signIn(browser: CookieClient, login: string): Promise<Response> {
  return browser.send(new URL(await provider.signIn(await begin(browser), login)));
}

/** What a browser is told and has after a callback: where it goes, and whether it has a session. */
async function outcome(browser: CookieClient, answer: Response): Promise<unknown> {
  const { person } = await browser.me();
  return { to: answer.headers.get('location'), signedIn: person !== null };
}
const refused = { to: '/sign-in?problem=provider-refused', signedIn: false };

it('signs somebody in with the rights of their groups, and goes back to where they were', async () => {
  const browser = new CookieClient(consoleUrl);
  const address = new URL(await begin(browser));
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    client_id: oidcClient.id,
    scope: 'openid profile email',
    redirect_uri: `${consoleUrl}/identity/oidc/callback`,
    nonce: expect.stringMatching(/^.{40,}$/),
    state: expect.stringMatching(/^.{40,}$/),
  });
  const answer = await browser.send(new URL(await provider.signIn(address.href, 'kim')));
  expect(answer.headers.get('location')).toBe('/payments?standing=open');
  expect(await browser.me()).toMatchObject({
    person: {
      name: 'kim of the provider',
      method: 'oidc',
      password: 'elsewhere',
      grants: [
        { role: 'accountant', target: 'ledger-one' },
        { role: 'viewer', target: '*' },
      ],
    },
    options: { provider: 'Company account' },
  });
  expect((await browser.get('/api/overview')).status).toBe(200);
});

it('signs somebody of no known group in without rights', async () => {
  const browser = new CookieClient(consoleUrl);
  expect(await outcome(browser, await signIn(browser, 'stranger'))).toMatchObject({ signedIn: true });
  expect(await browser.me()).toMatchObject({ person: { grants: [], permissions: [] } });
  expect((await browser.get('/api/overview')).status).toBe(403);
});

it('takes rights away that somebody lost meanwhile: their other sessions and tokens end', async () => {
  provider.groups.set('kim', ['finance', 'heads']);
  const before = new CookieClient(consoleUrl);
  await signIn(before, 'kim');
  await before.me();
  const made = (await (await before.post('/identity/tokens', { name: 'CLI', scope: ['payments.read'] })).json()) as { token: string };
  await new Promise((resolve) => setTimeout(resolve, 2_100)); // times of tokens are whole seconds
  provider.groups.set('kim', ['heads']);
  const after = new CookieClient(consoleUrl);
  await signIn(after, 'kim');
  expect(await after.me()).toMatchObject({ person: { grants: [{ role: 'approver', target: '*' }] } });
  expect((await before.get('/api/overview')).status).toBe(401);
  expect((await new CookieClient(consoleUrl).get('/api/overview', { authorization: `Bearer ${made.token}` })).status).toBe(401);
  expect((await after.get('/api/overview')).status).toBe(200);
});

it.each([
  ['of another issuer', { iss: 'https://elsewhere.example' }],
  ['for another client', { aud: 'another-client' }],
  ['with another nonce', { nonce: 'another' }],
  ['without a nonce', { nonce: undefined }],
  ['that has expired', { iat: 1_700_000_000, exp: 1_700_000_600 }],
])('refuses an ID token %s', async (_kind, change) => {
  provider.falsify = (claims) => ({ ...claims, ...change });
  const browser = new CookieClient(consoleUrl);
  expect(await outcome(browser, await signIn(browser, 'kim'))).toEqual(refused);
});

it('takes the same falsified token when nothing in it is changed: what is refused above is the change', async () => {
  provider.falsify = (claims) => claims;
  const browser = new CookieClient(consoleUrl);
  expect(await outcome(browser, await signIn(browser, 'kim'))).toMatchObject({ signedIn: true });
});

it('refuses an answer that was used, and its code in another one', async () => {
  const browser = new CookieClient(consoleUrl);
  const back = await provider.signIn(await begin(browser), 'kim');
  await browser.send(new URL(back));
  const replayed = new CookieClient(consoleUrl);
  for (const [name, value] of browser.cookies) replayed.cookies.set(name, value);
  replayed.cookies.delete('tributary');
  expect(await outcome(replayed, await replayed.send(new URL(back)))).toEqual(refused);

  const other = new CookieClient(consoleUrl);
  const fresh = new URL(await provider.signIn(await begin(other), 'kim'));
  fresh.searchParams.set('code', new URL(back).searchParams.get('code') ?? '');
  expect(await outcome(other, await other.send(fresh))).toEqual(refused);
});

it.each([
  ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
  ['no state', (url: URL) => url.searchParams.delete('state')],
  ['another issuer beside the code', (url: URL) => url.searchParams.set('iss', 'https://elsewhere.example')],
  ['no issuer beside the code', (url: URL) => url.searchParams.delete('iss')],
  ['no code', (url: URL) => url.searchParams.delete('code')],
  ['an error', (url: URL) => (url.searchParams.delete('code'), url.searchParams.set('error', 'access_denied'))],
])('refuses an answer with %s', async (_kind, change) => {
  const browser = new CookieClient(consoleUrl);
  const back = new URL(await provider.signIn(await begin(browser), 'kim'));
  change(back);
  expect(await outcome(browser, await browser.send(back))).toEqual(refused);
});

it('refuses an answer in a browser that did not ask: nobody is signed in as somebody else', async () => {
  const attacker = new CookieClient(consoleUrl);
  const back = await provider.signIn(await begin(attacker), 'kim');
  const victim = new CookieClient(consoleUrl);
  await begin(victim);
  expect(await outcome(victim, await victim.send(new URL(back)))).toEqual(refused);
});

it('keeps somebody out who is locked out here', async () => {
  const browser = new CookieClient(consoleUrl);
  await signIn(browser, 'kim');
  await system.database.query('update console.person set locked_at = now()');
  const again = new CookieClient(consoleUrl);
  expect(await outcome(again, await signIn(again, 'kim'))).toEqual(refused);
});

it('goes back to no other site', async () => {
  const browser = new CookieClient(consoleUrl);
  const answer = await browser.send(new URL(await provider.signIn(await begin(browser, '//elsewhere.example/'), 'kim')));
  expect(answer.headers.get('location')).toBe('/');
});

it('signs out at the provider as well', async () => {
  const browser = new CookieClient(consoleUrl);
  await signIn(browser, 'kim');
  await browser.me();
  const { redirect } = (await (await browser.post('/identity/sign-out', {})).json()) as { redirect: string };
  const address = new URL(redirect);
  expect(`${address.origin}${address.pathname}`).toBe(`${provider.issuer}/session/end`);
  expect(address.searchParams.get('post_logout_redirect_uri')).toBe(`${consoleUrl}/sign-in`);
  expect(address.searchParams.get('id_token_hint')).toMatch(/^ey/);
});

it('says that the provider does not answer, and finds it when it does', async () => {
  const late = new IdentityProvider();
  const issuer = await late.start(consoleUrl);
  await late.stop();
  const other = await startConsole(stack.databaseUrl, variables(consoleUrl, issuer));
  const answer = await new CookieClient(other.url).get('/identity/oidc/start');
  expect(answer.headers.get('location')).toBe('/sign-in?problem=provider-silent');
  await other.stop();
});
