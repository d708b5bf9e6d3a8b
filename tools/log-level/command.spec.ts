import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { minutesOf, setLogLevel } from './command.js';

const asked: unknown[] = [];
const until = '2026-11-21T06:10:00.000Z';
const viewAfter = ({ level = null, logger }: { level?: string | null; logger?: string }): object =>
  logger === undefined
    ? { level, until: level && until, loggers: [{ logger: 'replay', level: 'warn', until: null }], names: ['kafka', 'recon'] }
    : { level: null, until: null, loggers: [{ logger, level, until }], names: ['kafka', 'recon'] };
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const order = (body === '' ? {} : JSON.parse(body)) as { level?: string; logger?: string };
    asked.push([request.method, request.url, ...(body === '' ? [] : [order])]);
    response.statusCode = order.level === 'loud' ? 400 : 200;
    response.end(JSON.stringify(order.level === 'loud' ? { error: 'log-level.invalid', message: 'level: …' } : viewAfter(order)));
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => void (asked.length = 0));

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
    text: [
      'recon logs at level debug until 2026-11-21T06:10:00.000Z.',
      '  replay*: warn, by LOG_LEVELS (no logger of that name has written yet)',
      '  loggers: kafka, recon',
    ].join('\n'),
  });
  expect(asked).toEqual([['PUT', '/log-level', { level: 'debug', forMinutes: 120, reason: 'letters are slow' }]]);
});

it('sets it for the loggers of a name, of any service', async () => {
  const { code, text } = await run(['ingest', 'debug', '--logger', 'kafka', '--reason', 'acknowledgements are slow']);
  expect([code, text]).toEqual([
    0,
    'ingest logs at the level of its configuration.\n  kafka*: debug until 2026-11-21T06:10:00.000Z\n  loggers: kafka, recon',
  ]);
  expect(asked).toEqual([['PUT', '/log-level', { level: 'debug', forMinutes: 10, reason: 'acknowledgements are slow', logger: 'kafka' }]]);
});

it('shows the levels of now when none is given', async () => {
  expect((await run(['console'])).text).toMatch(/^console logs at the level of its configuration\.\n/);
  expect(asked).toEqual([['GET', '/log-level']]);
});

it.each([
  [['recon', 'debug'], 2, /--reason/],
  [['recon', 'debug', '--reason', 'why not', '--for', 'ever'], 2, /--for: expected minutes/],
  [['stripe', 'debug', '--reason', 'why not'], 2, /expected ingest, transform, erp-sink, recon, console/],
  [['recon', 'loud', '--reason', 'why not'], 1, /log-level\.invalid/],
])('answers %j with exit code %d', async (args, code, text) => {
  expect(await run(args)).toEqual({ code, text: expect.stringMatching(text) as string });
});

it('reads minutes and hours, and nothing else', () => {
  expect(['10m', '2h', '0m', '10', '1.5h', '-1m'].map(minutesOf)).toEqual([10, 120, undefined, undefined, undefined, undefined]);
});
