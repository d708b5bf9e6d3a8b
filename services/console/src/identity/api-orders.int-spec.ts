import { startStack } from '@tributary/local-stack';
import { startConsole } from '../testing/console-system.js';
import type { ConsoleSystem } from '../testing/console-system.js';
import { CookieClient } from '../testing/cookie-client.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let system: ConsoleSystem;
let browser: CookieClient;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
  system = await startConsole(stack.databaseUrl);
  const code = await system.parts.authority.setUpCodes.make(undefined);
  browser = new CookieClient(system.url);
  await browser.post('/identity/set-up', { code, name: 'Kim M.', login: 'kim', password: 'wet stone over a slow river' });
  await browser.me();
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await stack?.stop();
});
beforeEach(() => {
  system.recon.orders.length = 0;
});

const order = { action: 'replay', scope: 'one', ids: ['dl_1'], reason: 'the period is open' };
const errorOf = async (response: Response): Promise<unknown> => [
  response.status,
  (JSON.parse(await response.text()) as { error?: string }).error,
];

it('forwards an order to recon with a token of the person', async () => {
  const answer = await browser.post('/api/dead-letter-orders', order);
  expect([answer.status, await answer.json()]).toEqual([202, { from: 'recon' }]);
  const [asked] = system.recon.orders;
  expect(asked).toMatchObject({ url: '/dead-letter-orders', body: order });
  const claims = JSON.parse(Buffer.from(asked?.authorization?.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(claims).toMatchObject({ iss: 'console', name: 'Kim M.' });
});

it.each(['/dead-letters/a%2Fb/dry-run', '/dead-letters/dl_1/check-edit', '/dead-letter-orders/ord_1/approve'])(
  'forwards %s',
  async (path) => {
    await browser.post(`/api${path}`, { reason: 'why not' });
    expect(system.recon.orders.map(({ url }) => url)).toEqual([path]);
  },
);

it.each([
  '/erasures',
  '/audit',
  '/dead-letters/dl_1',
  '/dead-letters/%2e%2e/dry-run',
  '/payments',
  '/dead-letter-orders/ord_1/approve/more',
])('forwards no order to %s', async (path) => {
  expect((await browser.post(`/api${path}`, {})).status).toBe(404);
  expect(system.recon.orders).toEqual([]);
});

it('forwards nothing without the CSRF token of the session, and nothing without a session', async () => {
  const { csrfToken } = browser;
  browser.csrfToken = undefined;
  expect(await errorOf(await browser.post('/api/dead-letter-orders', order))).toEqual([403, 'identity.csrf']);
  browser.csrfToken = csrfToken;
  expect(await errorOf(await new CookieClient(system.url).post('/api/dead-letter-orders', order))).toEqual([401, 'identity.missing']);
  expect(system.recon.orders).toEqual([]);
});

it('passes a file on as it comes', async () => {
  const answer = await browser.get('/api/payments.csv?standing=inLedger');
  expect([answer.status, await answer.text()]).toEqual([200, '{"from":"recon"}']);
  expect(system.recon.asked.at(-1)?.url).toBe('/payments.csv?standing=inLedger');
});
