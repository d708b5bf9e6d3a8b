import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { targetCommands } from './pause-command.js';

/** What an erp-sink answers that serves two targets, one of them paused. */
const paused = { target: 'kinetic-main', paused: { at: '2026-11-21T06:00:00.000Z', by: 'Ada', reason: 'month \u001b[31mend' } };
const active = { target: 'sl-main', paused: null };
const asked: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push([request.method, request.url, body === '' ? undefined : JSON.parse(body)]);
    const answers: Record<string, object> = {
      '/targets': { targets: [paused, active] },
      '/targets/kinetic-main/pause': paused,
      '/targets/sl-main/resume': active,
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
  expect(text).toMatch(/kinetic-main +paused +2026-11-21T06:00:00\.000Z +Ada +month /);
  expect(text).toMatch(/sl-main +active/);
  expect(text).not.toContain('\u001b');
  expect(JSON.parse((await run(['list', '--json'])).text)).toEqual([paused, active]);
});

it('pauses and resumes with a reason', async () => {
  expect((await run(['pause', 'kinetic-main', '--reason', 'month end'])).code).toBe(0);
  expect((await run(['resume', 'sl-main', '--reason', 'closed'])).text).toMatch(/sl-main +active/);
  expect(asked).toEqual([
    ['POST', '/targets/kinetic-main/pause', { reason: 'month end' }],
    ['POST', '/targets/sl-main/resume', { reason: 'closed' }],
  ]);
});

it('asks nothing without a reason, and says what was refused and who does not answer', async () => {
  expect(await run(['pause', 'kinetic-main'])).toMatchObject({ code: 2, text: expect.stringContaining('--reason') as string });
  expect(asked).toEqual([]);
  expect((await run(['pause', 'other-main', '--reason', 'x'])).code).toBe(1);
  expect((await run(['list'], 'http://127.0.0.1:1')).code).toBe(3);
});
