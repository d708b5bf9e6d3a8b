import { BearerTokens } from './bearer-tokens.js';
import { clientCredentials } from './client-credentials.js';
import { TokenRefusedError, TokenSilentError } from './token-errors.js';

class RefusedError extends Error {}
const isRefused = (error: unknown): boolean => error instanceof RefusedError;

/** Tokens t1, t2, ... that live for an hour of a clock that the test sets. */
function issuing(livesMs: number | undefined = 3_600_000) {
  const clock = { now: 0, given: 0 };
  const grant = () => Promise.resolve({ text: `t${(clock.given += 1)}`, livesMs });
  return { clock, tokens: new BearerTokens(grant, () => clock.now) };
}
const shown = (token: string): Promise<string> => Promise.resolve(token);

it('one token serves all calls, also those that begin while it is asked for', async () => {
  const { clock, tokens } = issuing();
  expect(await Promise.all([1, 2, 3].map(() => tokens.use(shown, isRefused)))).toEqual(['t1', 't1', 't1']);
  clock.now = 3_539_999;
  expect(await tokens.use(shown, isRefused)).toBe('t1');
  expect(clock.given).toBe(1);
});

it.each([
  ['a minute before its end', 3_600_000, 3_540_000],
  ['after half of a short life', 60_000, 30_000],
  ['after four minutes where the issuer does not say', undefined, 240_000],
])('is renewed %s', async (_name, livesMs, at) => {
  const clock = { now: 0, given: 0 };
  const grant = () => Promise.resolve({ text: `t${(clock.given += 1)}`, livesMs });
  const tokens = new BearerTokens(grant, () => clock.now);
  await tokens.use(shown, isRefused);
  clock.now = at - 1;
  expect(await tokens.use(shown, isRefused)).toBe('t1');
  clock.now = at;
  expect(await tokens.use(shown, isRefused)).toBe('t2');
});

it('a revoked token is replaced once, for all calls that it was refused to', async () => {
  const { clock, tokens } = issuing();
  await tokens.use(shown, isRefused);
  const call = (token: string) => (token === 't1' ? Promise.reject(new RefusedError()) : Promise.resolve(token));
  expect(await Promise.all([1, 2, 3].map(() => tokens.use(call, isRefused)))).toEqual(['t2', 't2', 't2']);
  expect(clock.given).toBe(2);
});

it('a new token that is refused is not replaced: the issuer is asked once per call', async () => {
  const { clock, tokens } = issuing();
  const calls: string[] = [];
  const refuse = (token: string) => (calls.push(token), Promise.reject(new RefusedError(token)));
  await expect(tokens.use(refuse, isRefused)).rejects.toThrow('t1');
  expect(calls).toEqual(['t1']);
  expect(clock.given).toBe(1);
});

it('another error of a call is passed on, and the token stays', async () => {
  const { clock, tokens } = issuing();
  await expect(tokens.use(() => Promise.reject(new Error('no answer')), isRefused)).rejects.toThrow('no answer');
  expect(await tokens.use(shown, isRefused)).toBe('t1');
  expect(clock.given).toBe(1);
});

const answering = (status: number, body: object, secrets: string[] = ['s3cret-1']) => {
  const sent: string[] = [];
  const grant = clientCredentials({
    url: 'https://login.example.test/token',
    clientId: 'tributary',
    clientSecret: () => secrets[0] ?? '',
    scope: 'api://erp/.default',
    authentication: 'post',
    timeoutMs: 1_000,
    fetch: (_url, init) => {
      sent.push(String(init.body as URLSearchParams));
      if (secrets.length > 1) secrets.shift();
      return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
    },
  });
  return { grant, sent };
};

it('asks by client credentials, and takes the life that the issuer tells (RFC 6749 section 4.4)', async () => {
  const { grant, sent } = answering(200, { access_token: 'a', token_type: 'Bearer', expires_in: 3_599 });
  expect(await grant()).toEqual({ text: 'a', livesMs: 3_599_000 });
  expect(Object.fromEntries(new URLSearchParams(sent[0]))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'tributary',
    client_secret: 's3cret-1',
    scope: 'api://erp/.default',
  });
});

// Codes: RFC 6749 section 5.2.
it.each([
  ['invalid_client', 401, 'Check ERP_OAUTH_CLIENT_ID and ERP_OAUTH_CLIENT_SECRET'],
  ['invalid_scope', 400, 'Check ERP_OAUTH_SCOPE'],
  ['unauthorized_client', 400, 'Allow the client to use the grant'],
  ['invalid_grant', 400, 'Check the client and its consent'],
])('%s says what to do, without the secret', async (error, status, fix) => {
  const failed = answering(status, { error, error_description: 'the secret s3cret-1 is wrong' }).grant();
  await expect(failed).rejects.toThrow(TokenRefusedError);
  await expect(failed).rejects.toThrow(fix);
  await expect(failed).rejects.not.toThrow('s3cret-1');
});

it.each([
  [500, { error: 'server_error' }],
  [503, {}],
  [429, { error: 'slow_down' }],
  [200, { token: 'of another form' }],
])('an issuer that answers %s %j is as good as silent', async (status, body) => {
  await expect(answering(status, body).grant()).rejects.toThrow(TokenSilentError);
});

it('a secret that was exchanged since it was refused is tried at once', async () => {
  const { grant, sent } = answering(401, { error: 'invalid_client' }, ['old', 'new']);
  await expect(grant()).rejects.toThrow(TokenRefusedError);
  expect(sent.map((body) => new URLSearchParams(body).get('client_secret'))).toEqual(['old', 'new']);
});
