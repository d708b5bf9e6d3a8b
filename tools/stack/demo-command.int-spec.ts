import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePorts, identityOf } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import { root } from '../contracts/workspace.js';
import { demo } from './demo-command.js';
import type { Display } from './display.js';
import { answersOk } from './http-probe.js';
import { writeRunState } from './run-file.js';

/** `npm run demo` against the built Stripe emulator; recon is not there, so the counts are not either. */
let folder: string;
let emulator: Child;
let said: string[];
let shown: string[];
const display: Display = {
  update: () => undefined,
  status: (line) => void shown.push(line),
  say: (line) => void said.push(line),
  close: () => undefined,
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const [port, recon] = (await freePorts(2)) as [number, number];
  emulator = await Child.start({
    name: 'emulator-stripe',
    command: process.execPath,
    args: [join(root, 'emulators/stripe/dist/main.js')],
    env: { PATH: process.env.PATH, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port) },
    logFile: join(folder, 'emulator.log'),
  });
  await emulator.readyWhen(() => answersOk(`http://127.0.0.1:${port}/_control/day`), 20_000);
  const supervisor = identityOf(process.pid) as ProcessIdentity;
  writeRunState(folder, { supervisor, phase: 'running', parts: [], demo: false, ports: { 'emulator-stripe': port, recon } });
});
afterAll(async () => {
  await emulator.kill9();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
  shown = [];
});

it('lists the scenarios when none is named', async () => {
  expect(await demo([], folder, display)).toBe(0);
  expect(said.map((line) => line.split(' ')[0])).toEqual(['payout-week', 'dispute-season', 'refund-storm', 'payout-sample']);
});

it('plays a scenario with progress, and sums up its payouts and the balance', async () => {
  expect(await demo(['--scenario', 'payout-sample'], folder, display)).toBe(0);
  expect(shown.some((line) => /^payout-sample, step \d+ of 25: /.test(line))).toBe(true);
  expect(said).toEqual([
    'payout-sample is over.',
    '8 payments, 2 payouts:',
    '         USD 77.15 pending, 3 movements',
    '      USD 2,843.01 paid, 15 movements',
    'Stripe balance: USD 0.00 available and USD 0.00 pending, EUR 0.00 available and EUR 0.00 pending',
    'No counts: recon does not answer.',
  ]);
});

it('says only what the new scenario added', async () => {
  expect(await demo(['--scenario', 'refund-storm', '--seed', '3'], folder, display)).toBe(0);
  expect(said[1]).toBe('12 payments, 5 payouts:');
  expect(said.some((line) => line.includes('2,843.01'))).toBe(false);
  expect(said.some((line) => / USD -[\d,]+\.\d\d paid/.test(line))).toBe(true); // taken from the bank
});

it('passes on why the emulator refuses', async () => {
  expect(await demo(['--scenario', 'payday'], folder, display)).toBe(1);
  expect(said).toEqual(['There is no scenario "payday". There are: payout-week, dispute-season, refund-storm, payout-sample.']);
});

it('needs a running stack', async () => {
  expect(await demo(['--scenario', 'payout-week'], join(folder, 'nothing'), display)).toBe(3);
  expect(said).toEqual(['The stack is not running. Start it with `npm start`.']);
});
