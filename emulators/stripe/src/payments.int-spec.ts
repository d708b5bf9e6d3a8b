import Stripe from 'stripe';
import { StripeEmulator } from './server.js';

/** Life of a payment intent, faults and keys, as the official SDK sees them. */
let emulator: StripeEmulator;
let stripe: Stripe;
let base: string;

beforeAll(async () => {
  emulator = new StripeEmulator({ host: '127.0.0.1', port: 0, endpoints: [] });
  const port = await emulator.start();
  base = `http://127.0.0.1:${port}`;
  stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
});
afterAll(() => emulator.close());

const faults = (...rules: unknown[]): Promise<Response> =>
  fetch(`${base}/_control/faults`, { method: 'PUT', body: JSON.stringify({ rules }) });
/** Types of the events of one object, oldest first. */
async function typesOf(id: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 }))
    if ((event.data.object as { id: string }).id === id) types.unshift(event.type);
  return types;
}

it('confirms an intent that waits, and tells of its life in events', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 700, currency: 'JPY' });
  expect(intent).toMatchObject({ status: 'requires_payment_method', currency: 'jpy', latest_charge: null });
  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', expand: ['latest_charge'] });
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 700, latest_charge: { object: 'charge', amount_captured: 700 } });
  expect(await typesOf(intent.id)).toEqual(['payment_intent.created', 'payment_intent.succeeded']);
  await expect(stripe.paymentIntents.cancel(intent.id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
});

it('cancels an intent that was not paid', async () => {
  const { id } = await stripe.paymentIntents.create({ amount: 700, currency: 'usd' });
  expect(await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'abandoned',
  });
  await expect(stripe.paymentIntents.confirm(id)).rejects.toMatchObject({ statusCode: 400 });
});

it('answers a declined card with 402, keeps that answer under its key, and takes another card', async () => {
  const { id } = await stripe.paymentIntents.create({ amount: 4_200, currency: 'usd' });
  const decline = (): Promise<unknown> =>
    stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }, { idempotencyKey: 'declined-once' });
  const declined = { type: 'StripeCardError', statusCode: 402, code: 'card_declined', decline_code: 'insufficient_funds' };
  await expect(decline()).rejects.toMatchObject(declined);
  await expect(decline()).rejects.toMatchObject(declined);
  const charges = await stripe.charges.list({ payment_intent: id });
  expect(charges.data).toHaveLength(1);
  expect(charges.data[0]).toMatchObject({ status: 'failed', paid: false, outcome: { type: 'issuer_declined' }, balance_transaction: null });
  expect((await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).status).toBe('succeeded');
  expect((await stripe.charges.list({ payment_intent: id })).data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
});

it('settles at once when the capture is synchronous', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 10_000, currency: 'usd', capture_method: 'automatic', confirm: true });
  const charge = await stripe.charges.retrieve(intent.latest_charge as string, { expand: ['balance_transaction.source'] });
  expect(charge.balance_transaction).toMatchObject({ net: 9_680, source: { id: charge.id } });
  expect(await typesOf(charge.id)).toEqual(['charge.succeeded']);
});

it('writes metadata back to charges, intents and refunds; what did not change makes no event', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 900, currency: 'eur', confirm: true, capture_method: 'automatic' });
  const chargeId = intent.latest_charge as string;
  const refund = await stripe.refunds.create({ charge: chargeId, amount: 100 });
  await stripe.charges.update(chargeId, { metadata: { receipt: '4711' } });
  await stripe.charges.update(chargeId, { metadata: { receipt: '4711' } });
  await stripe.refunds.update(refund.id, { metadata: { memo: '1' } });
  expect((await stripe.paymentIntents.update(intent.id, { metadata: { a: 'b' } })).metadata).toEqual({ a: 'b' });
  expect(await typesOf(chargeId)).toEqual(['charge.succeeded', 'charge.refunded', 'charge.updated']);
  expect(await typesOf(refund.id)).toEqual(['refund.created', 'refund.updated']);
  // Balance transactions of earlier charges become known at any time, and are told by the same type of event.
  const updates = (await stripe.events.list({ type: 'charge.updated' })).data;
  const updated = updates.find(({ data }) => (data.object as Stripe.Charge).id === chargeId);
  expect(updated?.data.previous_attributes).toEqual({ metadata: { receipt: null } });
  expect(updated?.request?.id).toMatch(/^req_/);
  expect((await stripe.events.list({ type: 'charge.refunded' })).data[0]?.data.object).not.toHaveProperty('refunds');
});

it('refuses unknown customers, parameters and a second full refund as Stripe words it', async () => {
  await expect(stripe.paymentIntents.create({ amount: 1, currency: 'usd', customer: 'cus_x' })).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'customer',
  });
  await expect(stripe.rawRequest('POST', '/v1/customers', { colour: 'red' })).rejects.toMatchObject({ code: 'parameter_unknown' });
  await expect(stripe.rawRequest('GET', '/v1/__proto__')).rejects.toMatchObject({ statusCode: 404 });
  const { id } = await stripe.paymentIntents.create({ amount: 900, currency: 'usd', confirm: true });
  await stripe.refunds.create({ payment_intent: id });
  await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({ code: 'charge_already_refunded' });
});

it('answers 409 while a key is running, and the SDK gets the one answer by asking again', async () => {
  await faults({ match: { method: 'POST', times: 1 }, action: 'slow', delayMs: 1_500 });
  const create = (retries: number): Promise<Stripe.Customer> =>
    stripe.customers.create({ name: 'Slow' }, { idempotencyKey: 'slow-key', maxNetworkRetries: retries });
  const first = create(0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(create(0)).rejects.toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  const patient = create(6);
  expect((await patient).id).toBe((await first).id);
});

it('cuts an answer after the call was executed: asking again with the key makes nothing twice', async () => {
  await faults({ match: { method: 'POST', times: 1 }, action: 'cut-after' });
  const create = (retries: number): Promise<unknown> =>
    stripe.customers.create({ email: 'cut@x.example' }, { idempotencyKey: 'cut-key', maxNetworkRetries: retries });
  await expect(create(0)).rejects.toBeInstanceOf(Error);
  await create(0);
  expect((await stripe.customers.list({ email: 'cut@x.example' })).data).toHaveLength(1);
});

it('limits rates without executing, and asks for a retry of a lock', async () => {
  await faults(
    { match: { method: 'POST', path: '/customers', times: 1 }, action: 'rate-limit' },
    { match: { method: 'POST', path: '/refunds', times: 1 }, action: 'lock-timeout' },
  );
  await expect(stripe.customers.create({ email: 'limited@x.example' }, { maxNetworkRetries: 2 })).rejects.toMatchObject({
    statusCode: 429,
    headers: { 'stripe-rate-limited-reason': 'global-rate' },
  });
  expect((await stripe.customers.list({ email: 'limited@x.example' })).data).toHaveLength(0);
  const { id } = await stripe.paymentIntents.create({ amount: 900, currency: 'usd', confirm: true });
  expect((await stripe.refunds.create({ payment_intent: id }, { maxNetworkRetries: 2 })).status).toBe('succeeded');
});
