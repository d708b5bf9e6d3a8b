import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { notificationCommands } from './command.js';

const firing = {
  ...{ id: 'ntf_1', condition: 'dead-letters', about: 'x', target: null, severity: 'critical', state: 'firing', count: 2 },
  ...{ text: 'A person has to look at 2 dead letters \u001b[31mof cause x.', since: 's', firedAt: '2026-11-21T06:00:00.000Z' },
  ...{ clearedAt: null, remindedAt: null, acknowledged: null, runbook: 'r', page: null },
  deliveries: [{ route: 'duty', kind: 'fired', state: 'sent' }],
};
const route = {
  name: 'duty',
  kind: 'webhook',
  severities: ['critical'],
  to: 'https://hooks.test',
  waiting: 1,
  sent: 2,
  givenUp: 3,
  problem: null,
};
/** What the test of the route is, at each time that it is asked for. */
let tests: object[];
let watching = true;
const asked: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    if (request.method === 'POST') asked.push([request.url, JSON.parse(body)]);
    const path = request.url?.split('?')[0] ?? '';
    const answers: Record<string, () => object> = {
      '/notifications': () => ({ watching, notifications: watching ? [firing] : [], next: null }),
      '/notifications/ntf_1/acknowledge': () => ({
        ...firing,
        state: 'acknowledged',
        acknowledged: { at: 'a', by: 'Ada', reason: 'upgrade' },
      }),
      '/notification-routes': () => ({ routes: [{ ...route, test: tests.shift() ?? null }] }),
      '/notification-routes/duty/test': () => ({ ...route, test: null }),
    };
    const answer = answers[path]?.();
    response.statusCode = answer ? 200 : 404;
    response.end(JSON.stringify(answer ?? { error: 'notification.unknown', message: 'There is none.' }));
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  tests = [];
  watching = true;
});

async function run(args: readonly string[], at = url): Promise<{ code: number; text: string }> {
  const understood = understand(['tributary', 'notifications', ...args, '--url', at]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  return { code: await notificationCommands(understood, {}, terminal), text: lines.join('\n') };
}

it('lists what was told with its messages, and shows no control character', async () => {
  const { code, text } = await run(['list', '--state', 'open']);
  expect([code, text]).toEqual([
    0,
    expect.stringMatching(/ntf_1 +firing +critical +2026-11-21T06:00:00\.000Z +A person .* duty fired sent/),
  ]);
  expect(text).not.toContain('\u001b');
  watching = false;
  expect((await run(['list'])).text).toMatch(/Nothing is watched: RECON_NOTIFICATIONS_FILE/);
});

it('acknowledges with a reason, and asks nothing without', async () => {
  expect((await run(['acknowledge', 'ntf_1'])).code).toBe(2);
  expect(asked).toEqual([]);
  expect(await run(['acknowledge', 'ntf_1', '--reason', 'upgrade'])).toMatchObject({
    code: 0,
    text: expect.stringMatching(/Ada: upgrade/) as string,
  });
  expect(asked).toEqual([['/notifications/ntf_1/acknowledge', { reason: 'upgrade' }]]);
  expect((await run(['acknowledge', 'ntf_2', '--reason', 'upgrade'])).code).toBe(1);
});

it('waits for the end of a test, and says why the route did not take it', async () => {
  tests = [
    { state: 'waiting', problem: null },
    { state: 'sent', problem: null },
  ];
  expect(await run(['test', 'duty'])).toEqual({ code: 0, text: 'duty took the test: https://hooks.test' });
  tests = [{ state: 'waiting', problem: 'HTTP 500' }];
  expect(await run(['test', 'duty'])).toEqual({ code: 1, text: 'duty did not take the test: HTTP 500' });
});

it('shows where messages go, and says who does not answer', async () => {
  expect((await run(['routes'])).text).toMatch(/duty +webhook +https:\/\/hooks\.test +critical +2 +1 +3/);
  expect((await run(['routes'], 'http://127.0.0.1:1')).code).toBe(3);
});
