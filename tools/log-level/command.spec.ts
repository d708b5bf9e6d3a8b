import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { minutesOf, setLogLevel } from './command.js';

const asked: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const { level } = JSON.parse(body) as { level: string };
    asked.push([request.method, request.url, JSON.parse(body)]);
    response.statusCode = level === 'loud' ? 400 : 200;
    response.end(
      JSON.stringify(level === 'loud' ? { error: 'log-level.invalid', message: 'level: …' } : { level, until: '2026-11-21T06:10:00.000Z' }),
    );
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function run(args: readonly string[]): Promise<{ code: number; text: string }> {
  const understood = understand(['tributary', 'log-level', ...args]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  return { code: await setLogLevel(understood, {}, { running: () => url, terminal }), text: lines.join('\n') };
}

it('sets a level for a time, with a reason', async () => {
  expect(await run(['recon', 'debug', '--for', '2h', '--reason', 'letters are slow'])).toEqual({
    code: 0,
    text: 'recon logs at level debug until 2026-11-21T06:10:00.000Z.',
  });
  expect(asked).toEqual([['PUT', '/log-level', { level: 'debug', forMinutes: 120, reason: 'letters are slow' }]]);
});

it.each([
  [['recon', 'debug'], 2, /--reason/],
  [['recon', 'debug', '--reason', 'why not', '--for', 'ever'], 2, /--for: expected minutes/],
  [['ingest', 'debug', '--reason', 'why not'], 2, /take a signal/],
  [['recon', 'loud', '--reason', 'why not'], 1, /log-level\.invalid/],
])('answers %j with exit code %d', async (args, code, text) => {
  expect(await run(args)).toEqual({ code, text: expect.stringMatching(text) as string });
});

it('reads minutes and hours, and nothing else', () => {
  expect(['10m', '2h', '0m', '10', '1.5h', '-1m'].map(minutesOf)).toEqual([10, 120, undefined, undefined, undefined, undefined]);
});
