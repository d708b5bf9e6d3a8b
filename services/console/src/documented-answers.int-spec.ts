import { answerCheck, misfitsOfReads, startStack } from '@tributary/local-stack';
import type { ReadRequest } from '@tributary/local-stack';
import { startConsole } from './testing/console-system.js';
import type { ConsoleSystem } from './testing/console-system.js';
import { CookieClient } from './testing/cookie-client.js';

/** Every answer of the console as the OpenAPI document has it, with people, sessions and tokens in a real PostgreSQL. */
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

/** Requests for everything that it answers to GET, by path of its document. */
const requests: Readonly<Record<string, readonly ReadRequest[]>> = {
  '/api/{path}': ['/api/payments', ['/api/teapots', 404]],
  '/identity/colleagues': ['/identity/colleagues'],
  '/identity/me': ['/identity/me'],
  '/identity/oidc/callback': [['/identity/oidc/callback', 401]], // none is configured: oidc.int-spec.ts has one
  '/identity/oidc/start': [['/identity/oidc/start', 401]],
  '/identity/people': ['/identity/people'],
  '/identity/revocations': ['/identity/revocations'],
  '/identity/sessions': ['/identity/sessions'],
  '/identity/tokens': ['/identity/tokens', '/identity/tokens?of=everybody'],
  '/log-level': ['/log-level'],
  '/service-settings': ['/service-settings'],
  '/service-settings/sbom.cdx.json': [['/service-settings/sbom.cdx.json', 404]], // there is none beside what a test runs
};

it('answers everything that its document has, as the document says', async () => {
  const [kim, lee] = [new CookieClient(system.url), new CookieClient(system.url)];
  const misfits = answerCheck('console');
  const order = async (browser: CookieClient, path: string, body?: object): Promise<Record<string, string>> => {
    const response = await browser.post(path, body);
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
    expect([response.status < 300, ...misfits({ method: 'POST', path, status: response.status, body: answer })]).toEqual([true]);
    await browser.me();
    return answer;
  };
  const code = await system.parts.authority.setUpCodes.make(undefined);
  await order(kim, '/identity/set-up', { code, name: 'Kim M.', login: 'kim', password: 'wet stone over a slow river' });
  const grants = ['admin', 'accountant'].map((role) => ({ role, target: '*' }));
  const { id } = await order(kim, '/identity/people', { name: 'Lee', login: 'lee', grants });
  const link = await order(kim, `/identity/people/${id}/sign-in-link`);
  await order(lee, '/identity/sign-in/link', { code: link['code'] });
  const token = await order(lee, '/identity/tokens', { name: 'script', scope: ['payments.read'], days: 2 });
  expect((await lee.json('DELETE', `/identity/tokens/${token['id']}`)).status).toBe(204);
  const authorization = `Bearer ${await system.sign('recon', { subject: 'service:recon', name: 'recon' })}`;
  const ask = (path: string): Promise<Response> =>
    path === '/identity/revocations' ? new CookieClient(system.url).get(path, { authorization }) : lee.get(path);
  expect(await misfitsOfReads('console', requests, ask)).toEqual([]);
});
