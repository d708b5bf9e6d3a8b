import Stripe from 'stripe';
import { StripeEmulator } from './server.js';

/** Reading, paging, expanding and failing, through the official SDK: docs/reference/stripe.md, sections 5 and 6. */
let emulator: StripeEmulator;
let stripe: Stripe;
let base: string;

beforeAll(async () => {
  emulator = new StripeEmulator({ host: '127.0.0.1', port: 0, endpoints: [] });
  const port = await emulator.start();
  base = `http://127.0.0.1:${port}`;
  stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
});
beforeEach(() => fetch(`${base}/_control/reset`, { method: 'POST' }));
afterAll(() => emulator.close());

const pay = (amount: number, more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create({ amount, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', ...more });
const faults = (action: string, times: number): Promise<Response> =>
  fetch(`${base}/_control/faults`, { method: 'PUT', body: JSON.stringify({ rules: [{ match: { times }, action }] }) });
async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

it('reads and lists payment intents, charges and refunds of a customer', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Acme' });
  const mine = await pay(1_000, { customer, metadata: { order: '7' } });
  await pay(2_000);
  expect(await stripe.paymentIntents.retrieve(mine.id)).toMatchObject({ amount: 1_000, customer, metadata: { order: '7' } });
  expect((await stripe.paymentIntents.list({ customer })).data.map(({ id }) => id)).toEqual([mine.id]);
  expect((await stripe.charges.list({ payment_intent: mine.id })).data.map(({ id }) => id)).toEqual([mine.latest_charge]);
  const refund = await stripe.refunds.create({ payment_intent: mine.id });
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ amount: 1_000, reason: null });
  expect((await stripe.balanceTransactions.retrieve(refund.balance_transaction as string)).net).toBe(-1_000);
});

it('expands in objects and in lists', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Acme' });
  const intent = await pay(1_000, { customer });
  const listed = await stripe.charges.list({ expand: ['data.customer'] });
  expect(listed.data[0]?.customer).toMatchObject({ id: customer, name: 'Acme' });
  expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.customer'] })).toMatchObject({
    latest_charge: { id: intent.latest_charge, customer: { name: 'Acme' } },
  });
  await expect(stripe.charges.list({ expand: ['data.amount'] })).rejects.toMatchObject({ statusCode: 400 });
});

it('lists events oldest first from a cursor, over pages, none left out', async () => {
  const first = await stripe.customers.create({ name: 'first' });
  const cursor = (await stripe.events.list({ limit: 1 })).data[0]?.id as string;
  const names = Array.from({ length: 7 }, (_, n) => `customer ${n}`);
  for (const name of names) await stripe.customers.create({ name });
  const found = await all(stripe.events.list({ ending_before: cursor, limit: 3, type: 'customer.created' }));
  expect(found.map(({ data }) => (data.object as Stripe.Customer).name)).toEqual(names);
  expect(found.map(({ data }) => (data.object as Stripe.Customer).id)).not.toContain(first.id);
  const page = await stripe.events.list({ ending_before: cursor, limit: 3 });
  expect(page).toMatchObject({ has_more: true, url: '/v1/events' });
  expect((await stripe.events.retrieve(cursor)).data.object).toMatchObject({ id: first.id });
});

it('filters events by type, by types and by time', async () => {
  const before = Math.floor(Date.now() / 1_000);
  await pay(1_000);
  await stripe.customers.create({ name: 'Acme' });
  const types = async (filter: Stripe.EventListParams): Promise<Set<string>> =>
    new Set((await stripe.events.list({ limit: 100, ...filter })).data.map(({ type }) => type));
  expect(await types({ type: 'charge.succeeded' })).toEqual(new Set(['charge.succeeded']));
  expect(await types({ types: ['charge.succeeded', 'customer.created'] })).toEqual(new Set(['charge.succeeded', 'customer.created']));
  expect((await types({ created: { gte: before } })).size).toBeGreaterThanOrEqual(3);
  expect(await types({ created: { lt: before } })).toEqual(new Set());
  await expect(stripe.events.list({ type: 'charge.succeeded', types: ['charge.failed'] })).rejects.toMatchObject({ param: 'types' });
  await expect(stripe.events.list({ types: Array.from({ length: 21 }, (_, n) => `type.${n}`) })).rejects.toMatchObject({ param: 'types' });
});

it('tells in an event which request caused it', async () => {
  await stripe.customers.create({ name: 'Acme' }, { idempotencyKey: 'key-cause' });
  expect((await stripe.events.list({ type: 'customer.created' })).data[0]?.request?.idempotency_key).toBe('key-cause');
});

it.each([
  ['rate-limit', 429, 'StripeRateLimitError', 'global-rate'],
  ['lock-timeout', 429, 'StripeRateLimitError', undefined],
  ['down', 503, 'StripeAPIError', undefined],
])('fails as told, without executing anything: %s', async (action, statusCode, type, reason) => {
  await faults(action, 1);
  const create = (): Promise<Stripe.Response<Stripe.Customer>> =>
    stripe.customers.create({ name: action }, { idempotencyKey: `key-${action}` });
  const error = await create().then(
    () => undefined,
    (problem: unknown) => problem as Stripe.errors.StripeError,
  );
  expect(error).toMatchObject({ statusCode, type });
  expect(error?.headers?.['stripe-rate-limited-reason']).toBe(reason);
  // Not executed, so the key was not used up.
  const made = await create();
  expect(made.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  expect((await stripe.customers.list()).data.map(({ id }) => id)).toEqual([made.id]);
});

it('has executed what it answers with 500: the SDK, which tries again under its key, gets the 500 again', async () => {
  await faults('server-error-after', 1);
  const patient = new Stripe('sk_test_emulator', {
    host: '127.0.0.1',
    port: Number(new URL(base).port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 1,
  });
  await expect(patient.customers.create({ name: 'Ghost' })).rejects.toMatchObject({ statusCode: 500 });
  expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(['Ghost']);
});

it.each([
  ['no amount', { currency: 'usd', confirm: 'true' }, 'amount'],
  ['no currency', { amount: '100', confirm: 'true' }, 'currency'],
  ['a fraction', { amount: '1.5', currency: 'usd', confirm: 'true' }, 'amount'],
])('refuses a payment with %s', async (_, parameters, param) => {
  await expect(stripe.rawRequest('POST', '/v1/payment_intents', parameters)).rejects.toMatchObject({ statusCode: 400, param });
  expect((await stripe.charges.list()).data).toEqual([]);
});

it('refuses parameters and paths that it does not know, and calls without a key', async () => {
  await expect(stripe.rawRequest('POST', '/v1/customers', { nmae: 'Acme' })).rejects.toMatchObject({
    statusCode: 400,
    code: 'parameter_unknown',
    param: 'nmae',
  });
  await expect(stripe.rawRequest('GET', '/v1/unicorns')).rejects.toMatchObject({ statusCode: 404 });
  expect((await fetch(`${base}/v1/customers`)).status).toBe(401);
});

it('holds objects that a test brings, tells no event of them, and changes them as its own', async () => {
  const put = (body: object): Promise<Response> => fetch(`${base}/_control/objects`, { method: 'PUT', body: JSON.stringify(body) });
  const customer = { id: 'cus_recorded', object: 'customer', name: 'Acme', metadata: { kept: 'yes' } };
  expect(await (await put({ customers: [customer] })).json()).toEqual({ put: 1 });
  expect((await stripe.events.list()).data).toEqual([]);
  await stripe.customers.update('cus_recorded', { metadata: { erp: '7' } }, { idempotencyKey: 'key-1' });
  expect(await stripe.customers.retrieve('cus_recorded')).toMatchObject({ name: 'Acme', metadata: { kept: 'yes', erp: '7' } });
  expect((await stripe.events.list()).data).toMatchObject([
    { type: 'customer.updated', request: { idempotency_key: 'key-1' }, data: { previous_attributes: { metadata: { erp: null } } } },
  ]);
  expect((await put({ subscriptions: [customer] })).status).toBe(400);
  expect((await put({ customers: [{ name: 'no id' }] })).status).toBe(400);
});
