import { startStack } from '@tributary/local-stack';
import { startConsole } from '../testing/console-system.js';
import type { ConsoleSystem } from '../testing/console-system.js';
import { CookieClient } from '../testing/cookie-client.js';
import { SinkStandIn } from '../testing/sink-stand-in.js';

/** What the console asks of the erp-sinks and answers for all of them. */
const [ledgers, stripe] = [new SinkStandIn(), new SinkStandIn()];
let stack: Awaited<ReturnType<typeof startStack>>;
let system: ConsoleSystem;
let browser: CookieClient;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
  const [first, second] = [await ledgers.start(), await stripe.start()];
  const sinks = { ERP_SINK_URLS: `kinetic-main=${first},sl-main=${first}/,stripe-main=${second}` };
  system = await startConsole(stack.databaseUrl, sinks);
  const code = await system.parts.authority.setUpCodes.make(undefined);
  browser = new CookieClient(system.url);
  await browser.post('/identity/set-up', { code, name: 'Kim M.', login: 'kim', password: 'wet stone over a slow river' });
  await browser.me();
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await Promise.all([ledgers.stop(), stripe.stop()]);
  await stack?.stop();
});
beforeEach(() => {
  for (const sink of [ledgers, stripe]) {
    sink.asked.length = 0;
    sink.status = 200;
  }
  ledgers.answers = {
    'GET /targets': { targets: [{ target: 'kinetic-main' }, { target: 'sl-main' }] },
    'GET /batches': { batches: [{ batchId: 'b1', openedAt: '2026-11-29T08:00:00Z' }] },
  };
  stripe.answers = {
    'GET /targets': { targets: [{ target: 'stripe-main' }] },
    'GET /batches': { batches: [{ batchId: 'b2', openedAt: '2026-11-29T09:00:00Z' }] },
  };
});

const answerOf = async (response: Response): Promise<[number, Record<string, unknown>]> => [
  response.status,
  (await response.json()) as Record<string, unknown>,
];
const get = async (path: string) => answerOf(await browser.get(`/api${path}`));
const urlsOf = (sink: SinkStandIn): string[] => sink.asked.map(({ method, url }) => `${method} ${url}`);

it('answers the lists of all sinks as one, asked in the name of the person', async () => {
  expect(await get('/targets')).toEqual([
    200,
    { targets: [{ target: 'kinetic-main' }, { target: 'sl-main' }, { target: 'stripe-main' }], silent: [] },
  ]);
  const [, batches] = await get('/batches?limit=1');
  expect(batches).toEqual({ batches: [{ batchId: 'b2', openedAt: '2026-11-29T09:00:00Z' }], silent: [] });
  expect(urlsOf(ledgers)).toEqual(['GET /targets', 'GET /batches?limit=1']);
  const claims = JSON.parse(Buffer.from(stripe.asked[0]?.authorization?.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(claims).toMatchObject({ iss: 'console', name: 'Kim M.' });
});

it('asks only the sink of a target that is named, and knows no other', async () => {
  expect((await get('/batches?target=sl-main'))[1]).toMatchObject({ batches: [{ batchId: 'b1' }] });
  expect(urlsOf(ledgers)).toEqual(['GET /batches?target=sl-main']);
  expect(stripe.asked).toEqual([]);
  expect(await get('/batches?target=p21-main')).toEqual([404, expect.objectContaining({ error: 'target.unknown' })]);
});

it('says which sink does not answer and since when, and shows the others', async () => {
  await stripe.stop();
  const before = Date.now();
  const [status, first] = await get('/targets');
  expect([status, first]).toEqual([
    200,
    {
      targets: [{ target: 'kinetic-main' }, { target: 'sl-main' }],
      silent: [{ targets: ['stripe-main'], since: expect.any(String) as string, problem: expect.any(String) as string }],
    },
  ]);
  const sinceOf = (answer: Record<string, unknown>): number =>
    Date.parse((answer as { silent: { since: string }[] }).silent[0]?.since ?? '');
  expect(sinceOf(first)).toBeGreaterThanOrEqual(before);
  expect(JSON.stringify(first)).not.toContain('127.0.0.1');
  expect(sinceOf((await get('/batches'))[1])).toBe(sinceOf(first));
  const order = await browser.post('/api/targets/stripe-main/pause', { reason: 'month end' });
  expect(await answerOf(order)).toEqual([502, expect.objectContaining({ error: 'target.sink-silent' })]);
  await stripe.start();
  expect((await get('/targets'))[1]).toMatchObject({ silent: [] });
});

it('counts a sink that cannot read now as one that does not answer, and passes a refusal on', async () => {
  ledgers.status = 503;
  expect((await get('/targets'))[1]).toMatchObject({
    targets: [{ target: 'stripe-main' }],
    silent: [{ targets: ['kinetic-main', 'sl-main'] }],
  });
  ledgers.status = 403;
  expect((await get('/targets'))[0]).toBe(403);
});

it.each([
  ['/targets/sl-main/pause', ledgers, 'POST /targets/sl-main/pause?target=sl-main'],
  ['/targets/stripe-main/resume', stripe, 'POST /targets/stripe-main/resume?target=stripe-main'],
  ['/batches/b%2F1/release-orders?target=kinetic-main', ledgers, 'POST /batches/b%2F1/release-orders?target=kinetic-main'],
  ['/release-orders/rel_1/approve?target=kinetic-main&x=1', ledgers, 'POST /release-orders/rel_1/approve?target=kinetic-main'],
  ['/release-orders/rel_1/refuse?target=stripe-main', stripe, 'POST /release-orders/rel_1/refuse?target=stripe-main'],
])('forwards %s to the sink of its target', async (path, sink, asked) => {
  sink.answers = { [asked.split('?')[0] ?? '']: { done: true } };
  expect(await answerOf(await browser.post(`/api${path}`, { reason: 'month end' }))).toEqual([200, { done: true }]);
  expect([urlsOf(sink), sink.asked[0]?.body]).toEqual([[asked], { reason: 'month end' }]);
  expect(urlsOf(sink === ledgers ? stripe : ledgers)).toEqual([]);
});

it.each([
  ['/release-orders/rel_1/approve', 400, 'target.missing'],
  ['/release-orders/rel_1/approve?target=p21-main', 404, 'target.unknown'],
  ['/targets/p21-main/pause', 404, 'target.unknown'],
  ['/erasures', 404, 'api.unknown'],
  ['/postings/kinetic-main%2Fa', 404, 'api.unknown'],
  ['/targets/..%2Ferasures/pause', 404, 'target.unknown'],
])('forwards nothing to %s', async (path, status, error) => {
  expect(await answerOf(await browser.post(`/api${path}`, { reason: 'x' }))).toEqual([status, expect.objectContaining({ error })]);
  expect([...ledgers.asked, ...stripe.asked]).toEqual([]);
});

it('forwards no order without the CSRF token of the session', async () => {
  const { csrfToken } = browser;
  browser.csrfToken = undefined;
  const refused = await browser.post('/api/targets/sl-main/pause', { reason: 'x' });
  browser.csrfToken = csrfToken;
  expect(await answerOf(refused)).toEqual([403, expect.objectContaining({ error: 'identity.csrf' })]);
  expect(ledgers.asked).toEqual([]);
});

it('asks and names only the sinks of the targets that somebody has a role for', async () => {
  await stripe.stop();
  const token = await system.sign('console', { subject: 'person:2', name: 'Lee', grants: [{ role: 'viewer', target: 'sl-main' }] });
  const asked = (): Promise<Response> => fetch(`${system.url}/api/targets`, { headers: { authorization: `Bearer ${token}` } });
  expect((await answerOf(await asked()))[1]).toMatchObject({ silent: [] });
  await ledgers.stop();
  expect((await answerOf(await asked()))[1]).toMatchObject({ targets: [], silent: [{ targets: ['sl-main'] }] });
  await Promise.all([ledgers.start(), stripe.start()]);
});
