import { decodeJwt } from 'jose';
import { startStack } from '@tributary/local-stack';
import { streamCheckedEveryMs } from '../accept/api.controller.js';
import { startConsole } from '../testing/console-system.js';
import type { ConsoleSystem } from '../testing/console-system.js';
import { CookieClient } from '../testing/cookie-client.js';

/** Signing in, sessions, people and tokens over HTTP, with a real PostgreSQL. */
let stack: Awaited<ReturnType<typeof startStack>>;
let system: ConsoleSystem;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
  system = await startConsole(stack.databaseUrl);
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await stack?.stop();
});
beforeEach(async () => {
  await system.database.query('truncate console.person, console.revocation, console.attempts, console.set_up_code cascade');
  system.recon.asked.length = 0;
});

const password = 'wet stone over a slow river';
const codeOf = async (response: Promise<Response>): Promise<unknown> => {
  const answer = await response;
  const text = await answer.text();
  return [answer.status, text === '' ? undefined : (JSON.parse(text) as { error?: string }).error];
};
const client = (): CookieClient => new CookieClient(system.url);

/** The first person, an admin, signed in. */
async function firstAdmin(): Promise<CookieClient> {
  const code = await system.parts.authority.setUpCodes.make(undefined);
  const admin = client();
  expect(await codeOf(admin.post('/identity/set-up', { code, name: 'Kim M.', login: 'kim', password }))).toEqual([204, undefined]);
  await admin.me();
  return admin;
}

interface Added {
  readonly id: string;
  readonly browser: CookieClient;
}

/** Another person, signed in by the link that an admin made. */
async function addedBy(admin: CookieClient, login: string, grants: readonly object[]): Promise<Added> {
  const { id } = (await (await admin.post('/identity/people', { name: login, login, grants })).json()) as { id: string };
  const { code } = (await (await admin.post(`/identity/people/${id}/sign-in-link`)).json()) as { code: string };
  const browser = client();
  expect(await codeOf(browser.post('/identity/sign-in/link', { code }))).toEqual([204, undefined]);
  await browser.me();
  return { id, browser };
}

const viewer = { role: 'viewer', target: '*' };

describe('first set-up', () => {
  it('needs the code, and happens once', async () => {
    const code = await system.parts.authority.setUpCodes.make(undefined);
    const body = { code, name: 'Kim M.', login: 'Kim', password };
    expect(await client().me()).toMatchObject({ identityConfigured: true, person: null, options: { setUp: true, provider: null } });
    expect(await codeOf(client().post('/identity/set-up', { ...body, code: 'guessed' }))).toEqual([401, 'identity.set-up-refused']);
    expect(await codeOf(client().post('/identity/set-up', { ...body, password: 'password1234' }))).toEqual([
      422,
      'identity.password-refused',
    ]);
    const results = await Promise.all([1, 2, 3].map((each) => codeOf(client().post('/identity/set-up', { ...body, login: `kim${each}` }))));
    expect(results.sort()).toEqual([
      [204, undefined],
      [409, 'identity.set-up-done'],
      [409, 'identity.set-up-done'],
    ]);
    expect(await codeOf(client().post('/identity/set-up', body))).toEqual([409, 'identity.set-up-done']);
    expect(await client().me()).toMatchObject({ options: { setUp: false } });
  });

  it('says which field is wrong and repeats no value', async () => {
    const answer = await client().post('/identity/set-up', { code: 'x', name: 'Kim\u202e', login: 'kim', password, more: 1 });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain('name: a name of 1 to 200 visible characters');
    expect(text).not.toContain(password);
  });
});

describe('signing in', () => {
  it('gives the same answer for a wrong password, an unknown name, a locked person, and after five attempts', async () => {
    const admin = await firstAdmin();
    const { id } = await addedBy(admin, 'lee', [viewer]);
    await admin.json('PATCH', `/identity/people/${id}`, { locked: true });
    const refused = async (login: string, typed: string): Promise<string> => {
      const answer = await client().post('/identity/sign-in', { login, password: typed });
      expect(answer.headers.getSetCookie()).toEqual([]);
      return `${answer.status} ${await answer.text()}`;
    };
    const answers = new Set([await refused('nobody', password), await refused('lee', password)]);
    for (let attempt = 0; attempt < 5; attempt += 1) answers.add(await refused('kim', 'not the password at all'));
    answers.add(await refused('kim', password)); // right, and too late
    expect([...answers]).toEqual([expect.stringMatching(/^401 .*identity\.sign-in-refused/)]);
    expect(await codeOf(client().post('/identity/sign-in', { login: 'lee', password }))).toEqual([401, 'identity.sign-in-refused']);
  });

  it('takes the right password, in another case of the name, after four wrong ones', async () => {
    await firstAdmin();
    for (let attempt = 0; attempt < 4; attempt += 1) await client().post('/identity/sign-in', { login: 'kim', password: 'wrong one' });
    const browser = client();
    expect(await codeOf(browser.post('/identity/sign-in', { login: ' KIM ', password }))).toEqual([204, undefined]);
    expect(await browser.me()).toMatchObject({
      person: { name: 'Kim M.', method: 'password', password: 'set', permissions: expect.arrayContaining(['people.manage']) },
    });
    expect(await codeOf(client().post('/identity/sign-in', { login: 'kim', password }))).toEqual([204, undefined]); // counted from none again
  });

  it('limits one address, whatever names it tries, and believes no header about it', async () => {
    let last: unknown;
    for (let attempt = 0; attempt <= 30; attempt += 1)
      last = await codeOf(
        client().post('/identity/sign-in/link', { code: `guess ${attempt}` }, { 'x-forwarded-for': `198.51.100.${attempt}` }),
      );
    expect(last).toEqual([429, 'identity.too-many-attempts']);
  });

  it('hashes a password again when the cost has changed', async () => {
    await firstAdmin();
    const weaker = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'; // of "password"
    await system.database.query('update console.credential set hash = $1', [weaker]);
    expect(await codeOf(client().post('/identity/sign-in', { login: 'kim', password: 'password' }))).toEqual([204, undefined]);
    const [{ hash }] = await system.database.query('select hash from console.credential');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('refuses plain http from another machine', async () => {
    await firstAdmin();
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(system.url);
      const asked = request({
        hostname,
        port,
        path: '/identity/sign-in',
        method: 'POST',
        headers: { host: 'console.example', 'content-type': 'application/json' },
      });
      asked
        .on('response', (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end(JSON.stringify({ login: 'kim', password }));
    });
    expect(status).toBe(403);
  });
});

describe('sessions', () => {
  it('need the CSRF token for everything but reading', async () => {
    const admin = await firstAdmin();
    const { csrfToken } = admin;
    admin.csrfToken = undefined;
    expect(await codeOf(admin.post('/identity/sign-out', {}))).toEqual([403, 'identity.csrf']);
    admin.csrfToken = `${csrfToken?.slice(0, -1)}x`;
    expect(await codeOf(admin.post('/identity/people', { name: 'Lee', login: 'lee' }))).toEqual([403, 'identity.csrf']);
    const other = await addedBy(await signedInAs('kim'), 'lee', []);
    admin.csrfToken = other.browser.csrfToken; // of another session
    expect(await codeOf(admin.post('/identity/sign-out', {}))).toEqual([403, 'identity.csrf']);
    admin.csrfToken = csrfToken;
    expect(await codeOf(admin.post('/identity/sign-out', {}))).toEqual([200, undefined]);
  });

  it('change with every sign-in, and end at the server', async () => {
    const browser = await firstAdmin();
    const [before] = browser.cookies.values();
    await browser.post('/identity/sign-in', { login: 'kim', password });
    const [after] = browser.cookies.values();
    expect(after).not.toBe(before);
    await browser.me();
    const stolen = client();
    stolen.cookies.set('tributary', after ?? '');
    expect((await stolen.get('/api/overview')).status).toBe(200);
    await browser.post('/identity/sign-out', {});
    expect(browser.cookies.size).toBe(0);
    expect(await codeOf(stolen.get('/api/overview'))).toEqual([401, 'identity.missing']);
    stolen.cookies.set('tributary', before ?? '');
    expect(await codeOf(stolen.get('/api/overview'))).toEqual([401, 'identity.missing']);
  });

  it('all end with a sign-out everywhere, and with a new password all but the own', async () => {
    const first = await firstAdmin();
    const second = await signedInAs('kim');
    expect(await codeOf(first.post('/identity/password', { current: 'wrong', password: 'another slow river' }))).toEqual([
      401,
      'identity.sign-in-refused',
    ]);
    expect(await codeOf(first.post('/identity/password', { current: password, password: 'another slow river' }))).toEqual([204, undefined]);
    expect((await second.get('/api/overview')).status).toBe(401);
    expect((await first.get('/api/overview')).status).toBe(200);
    const third = client();
    expect(await codeOf(third.post('/identity/sign-in', { login: 'kim', password: 'another slow river' }))).toEqual([204, undefined]);
    await third.me();
    await third.post('/identity/sign-out', { everywhere: true });
    expect((await first.get('/api/overview')).status).toBe(401);
  });

  it('are listed to their person and ended one by one, never those of somebody else, and never by an API token', async () => {
    interface Listed {
      readonly id: string;
      readonly method: string;
      readonly current: boolean;
    }
    const listed = async (browser: CookieClient): Promise<Listed[]> =>
      ((await (await browser.get('/identity/sessions')).json()) as { sessions: Listed[] }).sessions;
    const admin = await firstAdmin();
    const elsewhere = await signedInAs('kim');
    const { browser: other } = await addedBy(admin, 'lee', [viewer]);
    const mine = await listed(admin);
    expect(mine.map(({ method, current }) => [method, current]).toSorted()).toEqual([
      ['password', false],
      ['set-up', true],
    ]);
    const secrets = [admin, elsewhere].flatMap(({ cookies }) => [...cookies.values()]);
    for (const secret of secrets) expect(JSON.stringify(mine)).not.toContain(secret);
    expect(await listed(other)).toMatchObject([{ method: 'link', current: true }]);

    const ended = mine.find(({ current }) => !current)?.id ?? '';
    expect(await codeOf(other.json('DELETE', `/identity/sessions/${ended}`))).toEqual([404, 'identity.session-unknown']);
    expect(await codeOf(elsewhere.get('/api/overview'))).toEqual([200, undefined]);
    expect(await codeOf(admin.json('DELETE', `/identity/sessions/${ended}`))).toEqual([204, undefined]);
    expect(await codeOf(elsewhere.get('/api/overview'))).toEqual([401, 'identity.missing']);
    expect(await codeOf(admin.json('DELETE', `/identity/sessions/${ended}`))).toEqual([404, 'identity.session-unknown']);
    expect(await listed(admin)).toHaveLength(1);

    const made = await admin.post('/identity/tokens', { name: 'nightly', scope: ['payments.read'], days: 1 });
    const { token } = (await made.json()) as { token: string };
    const authorization = { authorization: `Bearer ${token}` };
    expect(await codeOf(client().get('/identity/sessions', authorization))).toEqual([401, 'identity.session-needed']);
    expect(await codeOf(client().json('DELETE', '/identity/sessions/x', undefined, authorization))).toEqual([
      401,
      'identity.session-needed',
    ]);
    expect(await codeOf(client().get('/identity/sessions'))).toEqual([401, 'identity.session-needed']);
  });

  it('tell recon who asks, with a token of the person for a minute', async () => {
    const admin = await firstAdmin();
    const { id, browser } = await addedBy(admin, 'lee', [{ role: 'accountant', target: 'ledger-one' }]);
    expect((await browser.get('/api/overview')).status).toBe(200);
    const token = decodeJwt(system.recon.asked.at(-1)?.authorization?.replace('Bearer ', '') ?? '');
    expect(token).toMatchObject({
      iss: 'console',
      aud: 'tributary',
      sub: `person:${id}`,
      name: 'lee',
      grants: [{ role: 'accountant', target: 'ledger-one' }],
    });
    expect((token.exp ?? 0) - (token.iat ?? 0)).toBe(60);
  });

  it('let somebody without a role in, and say what is missing', async () => {
    const { browser } = await addedBy(await firstAdmin(), 'lee', []);
    expect(await browser.me()).toMatchObject({ person: { name: 'lee', permissions: [] } });
    const answer = await browser.get('/api/overview');
    expect([answer.status, await answer.json()]).toEqual([
      403,
      expect.objectContaining({ error: 'identity.forbidden', message: expect.stringContaining('payments.read') }),
    ]);
    expect(system.recon.asked).toEqual([]);
  });

  it(
    'take their live stream with them when they end or lose their rights',
    async () => {
      const admin = await firstAdmin();
      const { id, browser } = await addedBy(admin, 'lee', [viewer]);
      const stream = await browser.get('/api/feed');
      expect(stream.status).toBe(200);
      const ended = stream.text();
      await admin.json('PATCH', `/identity/people/${id}`, { grants: [] });
      expect(await ended).toContain('event: snapshot');
      await system.recon.allStreamsClosed();
    },
    streamCheckedEveryMs * 6,
  );
});

describe('colleagues', () => {
  it('are told by name to whoever works on letters: those who do as well, and are not locked out', async () => {
    const admin = await firstAdmin();
    const { browser } = await addedBy(admin, 'ada', [{ role: 'accountant', target: '*' }]);
    await addedBy(admin, 'bob', [{ role: 'approver', target: 'kinetic-main' }]);
    await addedBy(admin, 'vic', [viewer]);
    const { id } = await addedBy(admin, 'zoe', [{ role: 'engineer', target: '*' }]);
    await admin.json('PATCH', `/identity/people/${id}`, { locked: true });
    const { colleagues } = (await (await browser.get('/identity/colleagues')).json()) as { colleagues: object[] };
    expect(colleagues).toEqual([
      { subject: expect.stringMatching(/^person:/) as string, name: 'ada' },
      { subject: expect.stringMatching(/^person:/) as string, name: 'bob' },
    ]);
    expect(await codeOf(admin.get('/identity/colleagues'))).toEqual([403, 'identity.forbidden']);
  });
});

describe('people', () => {
  it('are managed by admins only, and nobody changes what they may do themselves', async () => {
    const admin = await firstAdmin();
    const { id, browser } = await addedBy(admin, 'lee', [viewer, { role: 'admin', target: 'ledger-one' }]);
    expect(await codeOf(browser.get('/identity/people'))).toEqual([403, 'identity.forbidden']); // an admin of one target only
    expect((await admin.get('/service-settings')).status).toBe(200);
    expect(await codeOf(browser.get('/service-settings'))).toEqual([403, 'identity.forbidden']);
    expect(await codeOf(browser.post(`/identity/people/${id}/sign-in-link`))).toEqual([403, 'identity.forbidden']);
    const { people } = (await (await admin.get('/identity/people')).json()) as { people: { id: string; login: string }[] };
    expect(people.map(({ login }) => login).sort()).toEqual(['kim', 'lee']);
    const own = people.find(({ login }) => login === 'kim')?.id;
    expect(await codeOf(admin.json('PATCH', `/identity/people/${own}`, { grants: [] }))).toEqual([403, 'identity.own-access']);
    expect(await codeOf(admin.json('PATCH', `/identity/people/${own}`, { locked: true }))).toEqual([403, 'identity.own-access']);
    expect(await codeOf(admin.json('PATCH', '/identity/people/nobody', { locked: true }))).toEqual([404, 'identity.person-unknown']);
    expect(await codeOf(admin.post('/identity/people', { name: 'Lee', login: 'LEE' }))).toEqual([409, 'identity.name-taken']);
    expect(await codeOf(admin.post('/identity/people', { name: 'X', login: 'x1', grants: [{ role: 'root', target: '*' }] }))).toEqual([
      400,
      'identity.body-invalid',
    ]);
  });

  it('lose their sessions and tokens with their roles, and what happened is recorded', async () => {
    const admin = await firstAdmin();
    const { id, browser } = await addedBy(admin, 'lee', [viewer]);
    const { token } = (await (await browser.post('/identity/tokens', { name: 'CLI', scope: ['payments.read'] })).json()) as {
      token: string;
    };
    const cli = { authorization: `Bearer ${token}` };
    expect((await client().get('/api/overview', cli)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // times of tokens are whole seconds
    await admin.json('PATCH', `/identity/people/${id}`, { grants: [viewer, { role: 'engineer', target: '*' }] });
    expect(await codeOf(browser.get('/api/overview'))).toEqual([401, 'identity.missing']);
    expect(await codeOf(client().get('/api/overview', cli))).toEqual([401, 'identity.withdrawn']);
    const events = await system.database.query(
      `select event, by_subject like 'person:%' as by_person from console.identity_event where subject = $1 order by id`,
      [`person:${id}`],
    );
    expect(events.map(({ event }: { event: string }) => event)).toEqual([
      'person.added',
      'person.link-made',
      'session.started',
      'token.made',
      'person.grants-changed',
    ]);
    expect(events.every(({ by_person }: { by_person: boolean }) => by_person)).toBe(true);
  });

  it('whom a token of the console names are added by their first link: the laptop before anybody signed in', async () => {
    const grants = (['viewer', 'accountant', 'admin'] as const).map((role) => ({ role, target: '*' }));
    const authorization = `Bearer ${await system.sign('console', { subject: 'person:local-admin', name: 'local admin', grants })}`;
    const { code } = (await (await client().post('/identity/people/me/sign-in-link', undefined, { authorization })).json()) as {
      code: string;
    };
    const browser = client();
    expect(await codeOf(browser.post('/identity/sign-in/link', { code }))).toEqual([204, undefined]);
    expect(await codeOf(client().post('/identity/sign-in/link', { code }))).toEqual([401, 'identity.link-refused']);
    expect(await browser.me()).toMatchObject({ person: { subject: 'person:local-admin', method: 'link', password: 'none' } });
    const reader = `Bearer ${await system.sign('console', { subject: 'person:local-admin', name: 'local admin', grants: [{ role: 'viewer', target: '*' }] })}`;
    expect(await codeOf(client().post('/identity/people/me/sign-in-link', undefined, { authorization: reader }))).toEqual([
      403,
      'identity.forbidden',
    ]);
  });
});

describe('API tokens', () => {
  it('are shown once, do what their scope says, and are withdrawn at once', async () => {
    const admin = await firstAdmin();
    const { browser } = await addedBy(admin, 'lee', [viewer]);
    const made = (await (await browser.post('/identity/tokens', { name: 'nightly', scope: ['payments.read'], days: 2 })).json()) as Record<
      string,
      string
    >;
    const list = await (await browser.get('/identity/tokens')).text();
    expect(JSON.parse(list)).toMatchObject({ tokens: [{ id: made.id, name: 'nightly', scope: ['payments.read'], withdrawnAt: null }] });
    expect(list).not.toContain(made.token);
    const [{ rows }] = await system.database.query('select string_agg(t::text, $1) as rows from console.api_token t', [' ']);
    expect(rows).not.toContain(made.token);

    const cli = { authorization: `Bearer ${made.token}` };
    expect((await client().get('/api/overview', cli)).status).toBe(200);
    expect(system.recon.asked.at(-1)?.authorization).toBe(cli.authorization); // with its scope
    expect(await codeOf(client().post('/identity/tokens', { name: 'more', scope: ['letters.read'] }, cli))).toEqual([
      403,
      'identity.scope-too-wide',
    ]);
    expect(await codeOf(browser.post('/identity/tokens', { name: 'more', scope: ['people.manage'] }))).toEqual([
      403,
      'identity.scope-too-wide',
    ]);
    expect(await codeOf(browser.post('/identity/tokens', { name: 'long', scope: ['payments.read'], days: 367 }))).toEqual([
      400,
      'identity.body-invalid',
    ]);
    expect(await codeOf(browser.post('/identity/tokens', { name: 'none', scope: [] }))).toEqual([400, 'identity.body-invalid']);
    expect(await codeOf(browser.get('/identity/tokens?of=everybody'))).toEqual([404, 'identity.token-unknown']);

    expect(await codeOf(admin.json('DELETE', `/identity/tokens/${made.id}`))).toEqual([204, undefined]); // tokens.manage
    expect(await codeOf(client().get('/api/overview', cli))).toEqual([401, 'identity.withdrawn']);
  });

  it('are published as withdrawn to services, with an ETag', async () => {
    const admin = await firstAdmin();
    const made = (await (await admin.post('/identity/tokens', { name: 'nightly', scope: ['payments.read'] })).json()) as { id: string };
    await admin.json('DELETE', `/identity/tokens/${made.id}`);
    expect(await codeOf(admin.get('/identity/revocations'))).toEqual([403, 'identity.forbidden']);
    const authorization = `Bearer ${await system.sign('recon', { subject: 'service:recon', name: 'recon' })}`;
    const first = await client().get('/identity/revocations', { authorization });
    expect([first.status, await first.json()]).toEqual([200, { tokens: [made.id], subjects: [] }]);
    const etag = first.headers.get('etag') ?? '';
    expect((await client().get('/identity/revocations', { authorization, 'if-none-match': etag })).status).toBe(304);
    expect((await client().get('/identity/revocations', { authorization, 'if-none-match': '"another"' })).status).toBe(200);
  });

  it.each(['nonsense', 'a.b.c'])('that are none are refused: %s', async (token) => {
    expect(await codeOf(client().get('/api/overview', { authorization: `Bearer ${token}` }))).toEqual([401, 'identity.invalid']);
  });
});

async function signedInAs(login: string): Promise<CookieClient> {
  const browser = client();
  await browser.post('/identity/sign-in', { login, password });
  await browser.me();
  return browser;
}
