import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { targetCommands } from './pause-command.js';

/** What an erp-sink answers that serves two targets, one of them paused. */
const figures = {
  breaker: null,
  postings: { open: 3, unknown: 1, held: 2 },
  batches: { open: 4 },
  lastSuccessAt: '2026-11-21T05:00:00.000Z',
};
const paused = {
  ...{ target: 'kinetic-main', state: 'paused', ...figures },
  paused: { at: '2026-11-21T06:00:00.000Z', by: 'Ada', reason: 'month \u001b[31mend' },
};
const away = {
  target: 'sl-main',
  state: 'away',
  ...figures,
  paused: null,
  breaker: { since: '2026-11-21T07:00:00.000Z', code: 'sl.silent' },
};
const found = (level: string): object => ({
  code: 'check.right-missing',
  level,
  about: 'right',
  text: 'A right is \u001b[31mmissing.',
  fix: 'Add it.',
});
const asked: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push([request.method, request.url, body === '' ? undefined : JSON.parse(body)]);
    const answers: Record<string, object> = {
      '/targets': { targets: [paused, away] },
      '/targets/kinetic-main/pause': paused,
      '/targets/sl-main/resume': away,
      '/targets/sl-main/check': { at: '2026-11-21T06:00:00.000Z', findings: [found('missing')] },
      '/targets/kinetic-main/check': { at: '2026-11-21T06:00:00.000Z', findings: [found('warning')] },
    };
    const answer = answers[request.url ?? ''];
    response.statusCode = answer ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer ?? { error: 'not-found', message: 'There is none.' }));
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
});

async function run(args: readonly string[], at = url): Promise<{ code: number; text: string }> {
  const understood = understand(['tributary', 'targets', ...args, '--url', at]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  return { code: await targetCommands(understood, {}, terminal), text: lines.join('\n') };
}

it('lists targets and who paused them, and shows no control character', async () => {
  const { code, text } = await run(['list']);
  expect(code).toBe(0);
  expect(text).toMatch(/kinetic-main +paused +2026-11-21T06:00:00\.000Z +3 +1 +2 +4 +2026-11-21T05:00:00\.000Z +Ada +month /);
  expect(text).toMatch(/sl-main +away +2026-11-21T07:00:00\.000Z .* sl\.silent/);
  expect(text).not.toContain('\u001b');
  expect(JSON.parse((await run(['list', '--json'])).text)).toEqual([paused, away]);
});

it('pauses and resumes with a reason', async () => {
  expect((await run(['pause', 'kinetic-main', '--reason', 'month end'])).code).toBe(0);
  expect((await run(['resume', 'sl-main', '--reason', 'closed'])).text).toMatch(/sl-main +away/);
  expect(asked).toEqual([
    ['POST', '/targets/kinetic-main/pause', { reason: 'month end' }],
    ['POST', '/targets/sl-main/resume', { reason: 'closed' }],
  ]);
});

it('checks a target, and says by its exit code whether something is missing', async () => {
  const missing = await run(['check', 'sl-main']);
  expect(missing.code).toBe(1);
  expect(missing.text).toMatch(/^missing sl-main: A right is .*missing\. Add it\. \(check\.right-missing\)$/);
  expect(missing.text).not.toContain('\u001b');
  expect((await run(['check', 'kinetic-main'])).code).toBe(0);
  expect(asked[0]).toEqual(['POST', '/targets/sl-main/check', {}]);
  expect(JSON.parse((await run(['check', 'sl-main', '--json'])).text)).toMatchObject({ findings: [found('missing')] });
});

it('asks nothing without a reason, and says what was refused and who does not answer', async () => {
  expect(await run(['pause', 'kinetic-main'])).toMatchObject({ code: 2, text: expect.stringContaining('--reason') as string });
  expect(asked).toEqual([]);
  expect((await run(['pause', 'other-main', '--reason', 'x'])).code).toBe(1);
  expect((await run(['list'], 'http://127.0.0.1:1')).code).toBe(3);
});
