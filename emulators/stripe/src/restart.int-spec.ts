import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';

/** The built emulator, killed with -9 in the middle of its day, again and again. */
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'stripe-killed-'));
const secret = 'whsec_killed';
const sent: Stripe.Event[] = [];
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    sent.push(Stripe.webhooks.constructEvent(Buffer.concat(chunks), String(request.headers['stripe-signature']), secret));
    response.writeHead(200).end();
  });
});
let child: ChildProcess | undefined;

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: root, stdio: 'ignore' });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  child?.kill('SIGKILL');
  receiver.closeAllConnections();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns its address, once it says that it is ready. */
async function start(): Promise<string> {
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const started = spawn(process.execPath, [join(root, 'emulators/stripe/dist/main.js')], {
    env: {
      HTTP_PORT: '0',
      EMULATOR_STATE_DIR: folder,
      STRIPE_EMULATOR_ENDPOINTS: JSON.stringify([{ url: hook, secrets: [secret], apiVersion: '2026-08-26.dahlia' }]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const line = await new Promise<string>((resolve, reject) => {
    started.stdout.once('data', (data: Buffer) => resolve(data.toString('utf8')));
    started.once('exit', (code) => reject(new Error(`the emulator ended with ${code} before it was ready`)));
  });
  return (JSON.parse(line) as { url: string }).url;
}

async function kill(): Promise<void> {
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await ended;
}

const json = async <Value>(url: string, method = 'GET', body?: unknown): Promise<Value> =>
  (await (await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json()) as Value;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('goes on with its day: every payment once, every event delivered, expected and API agree', async () => {
  let url = await start();
  await json(`${url}/_control/day`, 'POST', { pauseMs: 40 });
  for (let n = 0; n < 4; n += 1) {
    await pause(400);
    await kill();
    if (n === 1) appendFileSync(join(folder, 'stripe.jsonl'), '[{"c":"charges","o":{"id":"ch_cut'); // a line that was being written
    url = await start();
  }
  const deadline = Date.now() + 30_000;
  let day = await json<{ state: string; problem?: string }>(`${url}/_control/day`);
  while (day.state === 'running' && Date.now() < deadline) {
    await pause(100);
    day = await json(`${url}/_control/day`);
  }
  expect(day).toMatchObject({ state: 'done', pending: 0, step: 54, steps: 54 });

  const { payments } = await json<{ payments: { chargeId: string; amount: number; currency: string }[] }>(`${url}/_control/day/expected`);
  expect(payments).toHaveLength(64); // 60 orders, 3 of guests, 1 authorisation
  const { port } = new URL(url);
  const stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
  const charges = await stripe.charges.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const captured = charges.filter((charge) => charge.captured);
  expect(captured.map(({ id, amount_captured, currency }) => [id, amount_captured, currency]).sort()).toEqual(
    payments.map(({ chargeId, amount, currency }) => [chargeId, amount, currency]).sort(),
  );
  for (const charge of captured) expect(charge.balance_transaction).toMatch(/^txn_/);

  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  expect(new Set(sent.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
  expect(sent.length).toBeGreaterThan(events.length); // some twice
  expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(0);
  const seconds = events.map(({ created }) => created);
  expect(new Set(seconds).size).toBeLessThan(seconds.length); // bursts within one second
});
