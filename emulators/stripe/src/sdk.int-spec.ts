import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import type { Endpoint } from './send-delivery.js';
import { StripeEmulator } from './server.js';

/** The official SDK against the emulator: what docs/reference/stripe.md says of the real one, as far as it is emulated. */
const state = mkdtempSync(join(tmpdir(), 'stripe-emulator-'));
const secrets = ['whsec_emulator_new', 'whsec_emulator_old'];
const received: { body: string; signature: string }[] = [];
let refuse = 0;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const refused = refuse > 0;
    if (refused) refuse -= 1;
    else received.push({ body: Buffer.concat(chunks).toString('utf8'), signature: String(request.headers['stripe-signature']) });
    response.writeHead(refused ? 503 : 200).end();
  });
});
let emulator: StripeEmulator;
let stripe: Stripe;
let base: string;
let endpoints: Endpoint[];

async function start(): Promise<void> {
  emulator = new StripeEmulator({ host: '127.0.0.1', port: 0, stateDir: state, endpoints });
  const port = await emulator.start();
  base = `http://127.0.0.1:${port}`;
  stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  endpoints = [{ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`, secrets }];
  await start();
});
afterAll(async () => {
  await emulator.close();
  receiver.close();
  rmSync(state, { recursive: true, force: true });
});

async function eventually<Result>(what: () => Result | Promise<Result>): Promise<Result> {
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
const pay = (customer?: string, amount = 2_500): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create(
    { amount, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', ...(customer ? { customer } : {}) },
    {},
  );

it('creates, reads, changes and deletes a customer; metadata is merged and an empty value deletes', async () => {
  const made = await stripe.customers.create({ name: 'Acme', email: 'ap@acme.example', metadata: { a: '1', b: '2' } });
  const changed = await stripe.customers.update(made.id, { phone: '+1555', metadata: { b: '', c: '3' } });
  expect(changed).toMatchObject({ name: 'Acme', phone: '+1555', metadata: { a: '1', c: '3' } });
  expect(await stripe.customers.del(made.id)).toMatchObject({ id: made.id, deleted: true });
  expect(await stripe.customers.retrieve(made.id)).toMatchObject({ deleted: true });
});

it('answers an unknown id as Stripe does, and refuses live keys', async () => {
  await expect(stripe.charges.retrieve('ch_missing')).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    message: "No such charge: 'ch_missing'",
  });
  const live = new Stripe('sk_live_x', { host: '127.0.0.1', port: Number(new URL(base).port), protocol: 'http', telemetry: false });
  await expect(live.customers.list()).rejects.toMatchObject({ statusCode: 401 });
});

it('pays: the charge succeeds without a balance transaction, which follows; net = amount - fee', async () => {
  const intent = await pay(undefined, 10_000);
  expect(intent.status).toBe('succeeded');
  const before = await stripe.charges.retrieve(intent.latest_charge as string);
  expect(before).toMatchObject({ captured: true, amount_captured: 10_000, balance_transaction: null });
  await eventually(async () => expect((await stripe.charges.retrieve(before.id)).balance_transaction).not.toBeNull());
  const expanded = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction'] });
  const transaction = (expanded.latest_charge as Stripe.Charge).balance_transaction as Stripe.BalanceTransaction;
  // 2.9 % of 100.00 is 2.90, and 0.30.
  expect(transaction).toMatchObject({ amount: 10_000, fee: 320, net: 9_680, reporting_category: 'charge' });
});

it('captures an authorisation for less', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 5_000,
    currency: 'eur',
    confirm: true,
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
  });
  expect(intent.status).toBe('requires_capture');
  expect(await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4_000 })).toMatchObject({
    status: 'succeeded',
    amount_received: 4_000,
  });
  await expect(stripe.paymentIntents.capture(intent.id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
});

it('refunds in parts and never more than is left', async () => {
  const intent = await pay(undefined, 3_000);
  const first = await stripe.refunds.create({ payment_intent: intent.id, amount: 1_000, reason: 'requested_by_customer' });
  expect(first).toMatchObject({ amount: 1_000, status: 'succeeded', charge: intent.latest_charge });
  await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 2_001 })).rejects.toMatchObject({
    statusCode: 400,
    param: 'amount',
  });
  await stripe.refunds.create({ charge: intent.latest_charge as string });
  expect(await stripe.charges.retrieve(intent.latest_charge as string)).toMatchObject({ amount_refunded: 3_000, refunded: true });
  expect((await stripe.refunds.list({ payment_intent: intent.id })).data.map(({ amount }) => amount)).toEqual([2_000, 1_000]);
});

it('pages newest first, and oldest first from a cursor', async () => {
  const made: string[] = [];
  for (let n = 0; n < 5; n += 1) made.push((await stripe.customers.create({ email: 'pages@x.example' })).id);
  const listed: string[] = [];
  for await (const customer of stripe.customers.list({ email: 'pages@x.example', limit: 2 })) listed.push(customer.id);
  expect(listed).toEqual([...made].reverse());
  const newer: string[] = [];
  for await (const customer of stripe.customers.list({ email: 'pages@x.example', limit: 2, ending_before: made[1] as string }))
    newer.push(customer.id);
  expect(newer).toEqual(made.slice(2));
  await expect(stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ statusCode: 400, param: 'limit' });
});

it('lists events by types', async () => {
  await pay();
  const { data } = await stripe.events.list({ types: ['charge.succeeded', 'customer.deleted'], limit: 100 });
  expect(new Set(data.map(({ type }) => type))).toEqual(new Set(['charge.succeeded', 'customer.deleted']));
  expect(data[0]?.api_version).toBe('2026-08-26.dahlia');
});

it('replays an idempotent request, refuses its key for another one, and remembers over a restart', async () => {
  const key = `key-${Date.now()}`;
  const first = await stripe.customers.create({ name: 'Once' }, { idempotencyKey: key });
  const again = await stripe.customers.create({ name: 'Once' }, { idempotencyKey: key });
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  await expect(stripe.customers.create({ name: 'Twice' }, { idempotencyKey: key })).rejects.toMatchObject({
    type: 'StripeIdempotencyError',
  });
  await emulator.close();
  await start();
  expect((await stripe.customers.create({ name: 'Once' }, { idempotencyKey: key })).id).toBe(first.id);
  expect(await stripe.customers.retrieve(first.id)).toMatchObject({ name: 'Once' });
});

it('executes and then answers 500: the key replays the 500, and the object is there', async () => {
  await fetch(`${base}/_control/faults`, {
    method: 'PUT',
    body: JSON.stringify({ rules: [{ match: { method: 'POST', times: 1 }, action: 'server-error-after' }] }),
  });
  const create = (): Promise<unknown> => stripe.customers.create({ email: 'ghost@x.example' }, { idempotencyKey: 'key-ghost' });
  await expect(create()).rejects.toMatchObject({ statusCode: 500 });
  await expect(create()).rejects.toMatchObject({ statusCode: 500 });
  expect((await stripe.customers.list({ email: 'ghost@x.example' })).data).toHaveLength(1);
});

it('delivers signed webhooks, valid under every live secret, again until they are taken', async () => {
  received.length = 0;
  refuse = 2;
  const customer = await stripe.customers.create({ name: 'Webhook' });
  const found = await eventually(() => {
    const one = received.find(({ body }) => body.includes(customer.id));
    if (!one) throw new Error('not delivered yet');
    return one;
  });
  const { body, signature } = found;
  for (const secret of secrets)
    expect(stripe.webhooks.constructEvent(body, signature, secret)).toMatchObject({
      type: 'customer.created',
      data: { object: { id: customer.id } },
    });
  expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow();
});

it('delivers twice and out of order when told to', async () => {
  await fetch(`${base}/_control/delivery`, { method: 'PUT', body: JSON.stringify({ duplicates: 1, reorderMs: 200 }) });
  const made: string[] = [];
  for (let n = 0; n < 10; n += 1) made.push((await stripe.customers.create({ name: String(n) })).id);
  // Other deliveries may still be on their way: only these customers count.
  const delivered = (): { id: string; customer: string }[] =>
    received
      .map(({ body }) => JSON.parse(body) as { id: string; data: { object: { id: string } } })
      .map(({ id, data }) => ({ id, customer: data.object.id }))
      .filter(({ customer }) => made.includes(customer));
  await eventually(() => expect(delivered()).toHaveLength(20));
  expect(new Set(delivered().map(({ id }) => id)).size).toBe(10);
  const order = delivered().map(({ customer }) => made.indexOf(customer));
  expect(new Set(order).size).toBe(10);
  expect(order).not.toEqual([...order].sort());
});

it('plays a day whose expectation is what the API shows', async () => {
  await fetch(`${base}/_control/reset`, { method: 'POST' });
  const started = await fetch(`${base}/_control/day`, { method: 'POST', body: JSON.stringify({ pauseMs: 5 }) });
  expect(await started.json()).toMatchObject({ started: true, state: 'running' });
  await eventually(async () => expect(await (await fetch(`${base}/_control/day`)).json()).toMatchObject({ state: 'done', pending: 0 }));
  const { payments } = (await (await fetch(`${base}/_control/day/expected`)).json()) as {
    payments: { chargeId: string; amount: number; currency: string }[];
  };
  const captured: string[] = [];
  for await (const charge of stripe.charges.list({ limit: 100 }))
    if (charge.captured) captured.push(`${charge.id} ${charge.amount_captured} ${charge.currency}`);
  expect(captured.sort()).toEqual(payments.map(({ chargeId, amount, currency }) => `${chargeId} ${amount} ${currency}`).sort());
  expect(payments.length).toBeGreaterThanOrEqual(60);
  expect(new Set(payments.map(({ currency }) => currency))).toEqual(new Set(['usd', 'eur', 'jpy']));
  const types = new Set<string>();
  for await (const { type } of stripe.events.list({ limit: 100 })) types.add(type);
  for (const type of ['refund.created', 'charge.failed', 'charge.captured', 'customer.updated', 'customer.deleted'])
    expect(types).toContain(type);
});
