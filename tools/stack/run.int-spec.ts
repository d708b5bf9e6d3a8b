import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePorts } from '@tributary/local-stack';
import { defaultPorts } from '#doctor/ports.mjs';
import type { Ports } from '#doctor/ports.mjs';
import type { Display } from './display.js';
import { answersOk } from './http-probe.js';
import type { ProcessPart } from './part.js';
import { readRunState } from './run-file.js';
import { runStack } from './run.js';
import type { Settings } from './settings.js';
import { foldersOf } from './settings.js';
import { askStatus } from './status.js';

/** One process that is emulator and recon at once: a day that is over when it has been asked for three times, and counts. */
const program = `
let state = process.argv[2], asked = 0, begun = 0, told = '';
require('node:http').createServer((request, response) => {
  const amount = (text) => ({ minor: text.replace('.', ''), currency: 'USD', text, exact: true });
  const clearing = (currency, n) => ({ currency, ledger: amount(n + '12.50'), stripe: amount(n + '10.00'), inFlight: amount('2.50'), difference: amount('0.00') });
  const answer = (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.url === '/begun') return answer({ begun, told });
  if (request.url === '/counts') return answer({ accepted: 5, inFlight: state === 'done' ? 0 : 2, posted: 2, ignored: state === 'done' ? 2 : 0, held: 0, deadLettered: 1, ignoredBy: {} });
  if (request.url === '/overview') return answer({ written: { 'kinetic-main': { documents: 3, metadata: 0 }, 'stripe-main': { documents: 0, metadata: 4 } } });
  if (request.url === '/books') return answer({ asOf: '2026-11-28T12:00:00.000Z', unbalanced: 0, trialBalance: [], clearing: [clearing('EUR', 0), clearing('USD', 1)] });
  if (request.url === '/_control/day' && request.method === 'POST') { begun += 1; state = 'running'; request.on('data', (data) => (told += data)); return request.on('end', () => answer({ state })); }
  if (request.url === '/_control/day') { if (state === 'running' && ++asked > 3) state = 'done'; return answer({ state, playing: { script: 'payout-week', step: asked, steps: 9, text: null } }); }
  response.writeHead(404).end();
}).listen(Number(process.argv[1]), '127.0.0.1');
`;

let folder: string;
let ports: Ports;
let said: string[];
let shown: string[];
let drain: AbortController;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
  const [port] = (await freePorts(1)) as [number];
  ports = { ...defaultPorts, 'emulator-stripe': port, recon: port };
  said = [];
  shown = [];
  drain = new AbortController();
});
afterEach(() => {
  drain.abort(); // a stack that a failed test left would keep this process alive
  rmSync(folder, { recursive: true, force: true });
});

const display: Display = {
  update: () => undefined,
  status: (line) => void shown.push(line),
  say: (line) => void said.push(line),
  close: () => undefined,
};

function standIn(state: 'idle' | 'done'): ProcessPart {
  const port = ports.recon;
  return {
    kind: 'service',
    name: 'recon',
    port,
    dependsOn: [],
    graceMs: 1_000,
    start: () =>
      Child.start({
        name: 'recon',
        command: process.execPath,
        args: ['-e', program, String(port), state],
        logFile: join(folder, 'recon.log'),
      }),
    ready: (child) => child.readyWhen(() => answersOk(`http://127.0.0.1:${port}/counts`), 10_000),
    isReady: () => answersOk(`http://127.0.0.1:${port}/counts`),
  };
}

function run(parts: readonly ProcessPart[], demo = true): Promise<number> {
  const settings: Settings = { root: folder, ports, demo: {}, given: {}, folders: foldersOf(folder, {}) };
  return runStack({ settings, parts, demo, display, drain: drain.signal, hard: new AbortController().signal });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not come to that within 20 s; said so far: ${said.join(' | ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const emulator = async (): Promise<{ begun: number; told: string }> =>
  (await (await fetch(`http://127.0.0.1:${ports.recon}/begun`)).json()) as { begun: number; told: string };
const begun = async (): Promise<number> => (await emulator()).begun;

it('plays the day once, tells its counts when it is over, is ready only then, and drains', async () => {
  const parts = [standIn('idle')];
  const ended = run(parts);
  const status = (): ReturnType<typeof askStatus> => askStatus(join(folder, '.tributary', 'run'), () => parts);
  await until(async () => (await status()).phase === 'running');
  const before = await status();
  expect({ ready: before.ready, day: before.day }).toEqual({ ready: false, day: 'running' });
  await until(() => said.some((line) => line.startsWith('The demo day is over')));
  expect(said.find((line) => line.startsWith('The demo day is over'))).toBe(
    'The demo day is over. Events: 5 accepted = 2 posted + 2 ignored + 0 held + 1 dead-lettered + 0 in flight. Written: 3 documents in kinetic-main, 4 metadata updates in stripe-main.',
  );
  await until(() => said.some((line) => line.startsWith('Clearing: ')));
  expect(said.find((line) => line.startsWith('Clearing: '))).toBe(
    'Clearing: EUR ledger 012.50 - Stripe 010.00 - in flight 2.50 = difference 0.00; USD ledger 112.50 - Stripe 110.00 - in flight 2.50 = difference 0.00. Unbalanced: 0.',
  );
  const after = await status();
  expect(after.books).toEqual({
    clearing: {
      EUR: { ledger: '012.50', stripe: '010.00', inFlight: '2.50', difference: '0.00' },
      USD: { ledger: '112.50', stripe: '110.00', inFlight: '2.50', difference: '0.00' },
    },
    ledgers: {},
    unbalanced: 0,
  });
  expect(after).toMatchObject({
    ready: true,
    counts: { accepted: 5, inFlight: 0, posted: 2, ignored: 2, held: 0, deadLettered: 1 },
    written: { 'kinetic-main': { documents: 3, metadata: 0 }, 'stripe-main': { documents: 0, metadata: 4 } },
    services: { recon: { state: 'ready', port: ports.recon } },
  });
  expect(Object.keys(after.counts ?? {})).toHaveLength(6);
  expect(await begun()).toBe(1);
  expect(JSON.parse((await emulator()).told)).toEqual({ scenarios: ['payout-week', 'dispute-season', 'refund-storm'] });
  // Each question is a step of the day, and `status` above has asked, too.
  expect(shown).toContainEqual(expect.stringMatching(/^Demo day running, payout-week [123] of 9\. Events: 5 accepted/));
  drain.abort();
  expect(await ended).toBe(0);
  expect(readRunState(join(folder, '.tributary', 'run'))).toBeUndefined();
});

it('does not play a day again that was played before a restart', async () => {
  const ended = run([standIn('done')]);
  await until(() => said.some((line) => line.startsWith('The demo day is over')));
  expect(await begun()).toBe(0);
  drain.abort();
  await ended;
});

it('leaves the emulator idle when no demo is wanted, and is ready without it', async () => {
  const parts = [standIn('idle')];
  const ended = run(parts, false);
  const status = (): ReturnType<typeof askStatus> => askStatus(join(folder, '.tributary', 'run'), () => parts);
  await until(async () => (await status()).ready);
  expect(await begun()).toBe(0);
  expect((await status()).day).toBeNull();
  drain.abort();
  expect(await ended).toBe(0);
});

it('can be told to stop while it is still starting', async () => {
  const never: ProcessPart = { ...standIn('idle'), ready: () => new Promise(() => undefined) };
  const ended = run([never]);
  await until(() => readRunState(join(folder, '.tributary', 'run'))?.parts[0]?.identity !== undefined);
  drain.abort();
  expect(await ended).toBe(0);
});

it('starts nothing while somebody else holds a port', async () => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(ports.recon, '127.0.0.1', resolve));
  expect((server.address() as AddressInfo).port).toBe(ports.recon);
  expect(await run([standIn('idle')])).toBe(1);
  await new Promise((resolve) => server.close(resolve));
  expect(said.join('\n')).toContain(`Port ${ports.recon}, wanted by recon, is taken by process ${process.pid}`);
});
