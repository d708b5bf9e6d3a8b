import { FakeP21, rows } from '../test/fake-p21.js';

const never = new AbortController().signal;

it('asks for one token and uses it for all calls, also for those at the same time', async () => {
  const p21 = new FakeP21(({ path }) => (path.startsWith('/odataservice') ? rows([]) : undefined));
  const connector = p21.connector();
  await Promise.all([connector.probe(never), connector.probe(never)]);
  await connector.probe(never);
  expect(p21.tokens).toBe(1);
  expect(p21.calls.filter(({ path }) => path.startsWith('/odataservice')).map(({ token }) => token)).toEqual([
    'token-1',
    'token-1',
    'token-1',
  ]);
});

it('renews a token that is refused and repeats the call, once', async () => {
  const p21 = new FakeP21(({ path, token }) => {
    if (!path.startsWith('/odataservice')) return undefined;
    return token === 'token-1' ? new Response('', { status: 401 }) : rows([]);
  });
  await p21.connector().probe(never);
  expect(p21.tokens).toBe(2);
});

it('gives up after a second token is refused, too', async () => {
  const p21 = new FakeP21(({ path }) => (path.startsWith('/odataservice') ? new Response('', { status: 401 }) : undefined));
  await expect(p21.connector().probe(never)).rejects.toMatchObject({ code: 'erp.unauthorised' });
  expect(p21.tokens).toBe(2);
});

// docs/reference/prophet21.md section 3: bodies of refused logins.
it.each([
  [401, { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' }],
  [401, { error: 'invalid_client' }],
  [403, { error: 'insufficient_scope' }],
  [500, { ErrorMessage: 'Your license has expired.', ErrorType: 'P21.Security' }],
])('a login that is refused with %d %j is unauthorised, without the password', async (status, body) => {
  const p21 = new FakeP21(({ path }) => (path.includes('token') ? Response.json(body, { status }) : undefined));
  const error: unknown = await p21
    .connector()
    .probe(never)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'erp.unauthorised' });
  expect(String((error as Error).stack)).not.toContain('secret');
});

it('logs in with a consumer key where there is one', async () => {
  const p21 = new FakeP21(({ path }) => (path.startsWith('/odataservice') ? rows([]) : undefined), { P21_CONSUMER_KEY: 'key' });
  await p21.connector().probe(never);
  expect(p21.calls[0]?.body).toEqual({ ClientSecret: 'key', GrantType: 'client_credentials', username: 'u' });
});

it('needs a login of one kind or the other', () => {
  expect(() => new FakeP21(() => undefined, { P21_PASSWORD: '' }).connector()).toThrow(/P21_PASSWORD, or P21_CONSUMER_KEY/);
});
