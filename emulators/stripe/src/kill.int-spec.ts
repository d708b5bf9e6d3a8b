import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import Stripe from 'stripe';

/** The emulator as a process of its own, killed with SIGKILL: what it answered is still so, what it owed it still delivers. */
const work = mkdtempSync(join(tmpdir(), 'stripe-restart-'));
const taken: string[] = [];
let open = false;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (open) taken.push((JSON.parse(Buffer.concat(chunks).toString('utf8')) as { id: string }).id);
    response.writeHead(open ? 200 : 503).end();
  });
});
let child: ChildProcess;
let stripe: Stripe;
let base: string;

/** The sources as they are now, compiled beside the state: no build has to come first. */
function compile(): void {
  const source = fileURLToPath(new URL('.', import.meta.url));
  mkdirSync(join(work, 'dist', 'scenarios'), { recursive: true });
  writeFileSync(join(work, 'package.json'), '{"type":"module"}');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.includes('spec.')) continue;
    const { code } = transformFileSync(join(source, file), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, swcrc: false });
    writeFileSync(join(work, 'dist', file.replace(/\.ts$/, '.js')), code);
  }
}

async function start(): Promise<void> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  child = spawn(process.execPath, [join(work, 'dist', 'main.js')], {
    env: {
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      EMULATOR_STATE_DIR: join(work, 'state'),
      STRIPE_EMULATOR_ENDPOINTS: JSON.stringify([{ url, secrets: ['whsec_restart'] }]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (line: Buffer) => resolve(line.toString('utf8')));
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${String(code)} before it was ready`)));
  });
  base = (JSON.parse(ready) as { url: string }).url;
  const port = Number(new URL(base).port);
  stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return; // it never came up
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

beforeAll(async () => {
  compile();
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  await start();
});
afterAll(async () => {
  await kill();
  receiver.close();
  rmSync(work, { recursive: true, force: true });
});

async function eventually(what: () => void | Promise<void>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Taken by the hook is not yet known as taken: a kill between the two rightly delivers again, so tests wait for the second. */
const acknowledged = (): Promise<void> =>
  eventually(async () => expect(await (await fetch(`${base}/_control/deliveries`)).json()).toMatchObject({ pending: 0 }));

it('knows after kill -9 what it had answered, replays its keys, and delivers what nobody had taken', async () => {
  const customer = await stripe.customers.create({ name: 'Survivor' }, { idempotencyKey: 'key-survivor' });
  const intent = await stripe.paymentIntents.create(
    { amount: 4_200, currency: 'usd', customer: customer.id, confirm: true, payment_method: 'pm_card_visa' },
    { idempotencyKey: 'key-payment' },
  );
  const owed = (await stripe.events.list({ limit: 100 })).data.map(({ id }) => id);
  expect(owed.length).toBeGreaterThanOrEqual(3);

  await kill();
  expect(taken).toEqual([]);
  open = true;
  await start();

  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Survivor' });
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded', amount_received: 4_200 });
  const again = await stripe.customers.create({ name: 'Survivor' }, { idempotencyKey: 'key-survivor' });
  expect(again.id).toBe(customer.id);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  await expect(stripe.customers.create({ name: 'Other' }, { idempotencyKey: 'key-survivor' })).rejects.toMatchObject({
    type: 'StripeIdempotencyError',
  });
  expect((await stripe.customers.list({ limit: 100 })).data).toHaveLength(1);
  await eventually(() => expect(taken).toEqual(expect.arrayContaining(owed)));

  // What was acknowledged is not delivered again by another restart, and new ids are new.
  await acknowledged();
  const before = [...taken];
  await kill();
  await start();
  const next = await stripe.customers.create({ name: 'Next' });
  expect(next.id).not.toBe(customer.id);
  await eventually(() => expect(taken.length).toBeGreaterThan(before.length));
  expect(owed.every((id) => taken.filter((other) => other === id).length === 1)).toBe(true);
});

it('reads on after a line that the kill had cut: what is written next is not lost with it', async () => {
  open = false;
  const owed = (await stripe.customers.create({ name: 'Before the cut' })).id;
  const event = (await stripe.events.list({ limit: 1 })).data[0] as Stripe.Event;
  expect(event.data.object).toMatchObject({ id: owed });
  await kill();
  appendFileSync(join(work, 'state', 'stripe.jsonl'), '[{"c":"customers","o":{"id":"cus_cut","obj');
  open = true;
  await start();
  const times = (): number => taken.filter((id) => id === event.id).length;
  // The first thing that is written after the cut is that this was taken.
  await eventually(() => expect(times()).toBe(1));
  await acknowledged();
  await kill();
  await start();
  await expect(stripe.customers.retrieve('cus_cut')).rejects.toMatchObject({ code: 'resource_missing' });
  const marker = await stripe.customers.create({ name: 'After the cut' });
  const last = (await stripe.events.list({ limit: 1 })).data[0] as Stripe.Event;
  expect(last.data.object).toMatchObject({ id: marker.id });
  await eventually(() => expect(taken).toContain(last.id));
  expect(times()).toBe(1);
});

it('keeps the balance, its movements and what a payout took', async () => {
  const control = (action: string, fields: object = {}): Promise<Response> =>
    fetch(`${base}/_control/account`, { method: 'POST', body: JSON.stringify({ action, ...fields }) });
  const pay = async (): Promise<string> => {
    const intent = await stripe.paymentIntents.create({ amount: 10_000, currency: 'gbp', confirm: true, capture_method: 'automatic' });
    return intent.latest_charge as string;
  };
  await control('rate', { currency: 'gbp', to: 'usd', times: 1_344, per: 1_000 });
  await pay();
  await control('time', { seconds: 2 * 86_400 });
  const { payout } = (await (await control('payout.automatic', { currency: 'usd' })).json()) as { payout: Stripe.Payout };
  await control('payout.reconcile', { payout: payout.id, traceId: '1' });
  await control('dispute.open', { charge: await pay() });
  const seen = async (): Promise<unknown> => ({
    balance: await (await fetch(`${base}/_control/balance`)).json(),
    payouts: (await stripe.payouts.list()).data,
    members: (await stripe.balanceTransactions.list({ payout: payout.id })).data,
    movements: (await stripe.balanceTransactions.list({ limit: 100 })).data.map(({ id, net, exchange_rate: rate }) => [id, net, rate]),
  });
  const before = await seen();
  expect(before).toMatchObject({ members: [{ type: 'payout' }, { type: 'charge', amount: 13_440, exchange_rate: 1.344 }] });
  await kill();
  await start();
  expect(await seen()).toEqual(before);
});

it('goes on with a scenario: every movement once', async () => {
  open = true;
  await fetch(`${base}/_control/scenarios`, { method: 'POST', body: JSON.stringify({ name: 'payout-sample', pauseMs: 60 }) });
  const report = async (): Promise<{ state: string; step: number; steps: number }> =>
    (await (await fetch(`${base}/_control/scenarios`)).json()) as { state: string; step: number; steps: number };
  for (const step of [5, 14]) {
    await eventually(async () => expect((await report()).step).toBeGreaterThanOrEqual(step));
    await kill();
    await start();
  }
  await eventually(async () => expect(await report()).toMatchObject({ state: 'done' }));
  const payout = (await stripe.payouts.list()).data.find(({ amount }) => amount === 284_301);
  expect((await stripe.balanceTransactions.list({ payout: payout?.id as string, limit: 100 })).data).toHaveLength(16);
});
