import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { DeliveryRecord } from './deliveries.js';
import { StripeEmulator } from './server.js';

/** How webhooks arrive: docs/reference/stripe.md, sections 2 and 3. */
const secret = 'whsec_webhooks';
const hits: { path: string; body: string; signature: string; event: string }[] = [];
/** What the hook answers, in turn; 200 when there is nothing more. */
let answers: { status: number; headers?: Record<string, string> }[] = [];
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const event = body === '' ? '' : (JSON.parse(body) as { id: string }).id;
    hits.push({ path: request.url ?? '', body, signature: String(request.headers['stripe-signature']), event });
    const { status, headers } = answers.shift() ?? { status: 200 };
    response.writeHead(status, headers).end();
  });
});
let emulator: StripeEmulator;
let stripe: Stripe;
let base: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  emulator = new StripeEmulator({ host: '127.0.0.1', port: 0, endpoints: [{ url, secrets: [secret] }] });
  const port = await emulator.start();
  base = `http://127.0.0.1:${port}`;
  stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
});
beforeEach(async () => {
  await fetch(`${base}/_control/reset`, { method: 'POST' });
  hits.length = 0;
  answers = [];
});
afterAll(async () => {
  await emulator.close();
  receiver.close();
});

const plan = (delivery: Record<string, unknown>): Promise<Response> =>
  fetch(`${base}/_control/delivery`, { method: 'PUT', body: JSON.stringify(delivery) });
const deliveries = async (): Promise<{ pending: number; acknowledged: number; deliveries: DeliveryRecord[] }> =>
  (await (await fetch(`${base}/_control/deliveries`)).json()) as { pending: number; acknowledged: number; deliveries: DeliveryRecord[] };
const timeOf = (signature: string): number => Number(/^t=(\d+),/.exec(signature)?.[1]);

async function eventually(what: () => void | Promise<void>): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

it('signs every attempt anew, so that an honest retry is never too old', async () => {
  await plan({ retryDelaysMs: [1_100] });
  answers = [{ status: 500 }, { status: 404 }];
  await stripe.customers.create({ name: 'Retried' });
  await eventually(() => expect(hits).toHaveLength(3));
  const times = hits.map(({ signature }) => timeOf(signature));
  expect(new Set(times).size).toBe(3);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(new Set(hits.map(({ body }) => body)).size).toBe(1);
  for (const { body, signature } of hits) expect(stripe.webhooks.constructEvent(body, signature, secret).type).toBe('customer.created');
});

it('takes any 2xx, and nothing else, for an acknowledgement', async () => {
  await plan({ retryDelaysMs: [20] });
  answers = [{ status: 400 }, { status: 503 }, { status: 204 }];
  await stripe.customers.create({ name: 'Accepted' });
  await eventually(async () => expect(await deliveries()).toMatchObject({ pending: 0, acknowledged: 1 }));
  expect((await deliveries()).deliveries).toEqual([
    expect.objectContaining({ type: 'customer.created', attempts: 3, lastStatus: 204, acknowledged: true }),
  ]);
});

it('does not follow a redirect: it is a failure like others', async () => {
  await plan({ retryDelaysMs: [20] });
  answers = [
    { status: 307, headers: { location: '/elsewhere' } },
    { status: 302, headers: { location: '/elsewhere' } },
  ];
  await stripe.customers.create({ name: 'Redirected' });
  await eventually(async () => expect((await deliveries()).pending).toBe(0));
  expect(hits.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook']);
});

it('counts what is still to be delivered', async () => {
  await plan({ retryDelaysMs: [10_000] });
  answers = [{ status: 500 }];
  await stripe.customers.create({ name: 'Waiting' });
  await eventually(async () =>
    expect((await deliveries()).deliveries).toEqual([expect.objectContaining({ attempts: 1, lastStatus: 500, acknowledged: false })]),
  );
  expect(await deliveries()).toMatchObject({ pending: 1, acknowledged: 0 });
});

it('shows in the event how many endpoints still wait, and lists by it', async () => {
  await plan({ retryDelaysMs: [400] });
  answers = [{ status: 500 }];
  const { id: customer } = await stripe.customers.create({ name: 'Waiting' });
  const only = async (delivered: boolean): Promise<Stripe.Event[]> => (await stripe.events.list({ delivery_success: delivered })).data;
  await eventually(() => expect(hits).toHaveLength(1));
  expect(await only(false)).toEqual([expect.objectContaining({ type: 'customer.created', pending_webhooks: 1 })]);
  expect(await only(true)).toEqual([]);
  await eventually(async () => expect(await only(true)).toHaveLength(1));
  expect((await only(true))[0]).toMatchObject({ pending_webhooks: 0, data: { object: { id: customer } } });
  expect(await only(false)).toEqual([]);
});

it('sends an endpoint that was made through the API the types it asked for, signed with its own secret', async () => {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/made`;
  const made = await stripe.webhookEndpoints.create({ url, enabled_events: ['customer.deleted'] });
  const { id } = await stripe.customers.create({ name: 'Short' });
  await stripe.customers.del(id);
  await eventually(() => expect(hits).toHaveLength(3));
  const own = hits.filter(({ path }) => path === '/made');
  expect(own).toHaveLength(1);
  const { body, signature } = own[0] as (typeof hits)[number];
  expect(stripe.webhooks.constructEvent(body, signature, made.secret as string).type).toBe('customer.deleted');
  expect(() => stripe.webhooks.constructEvent(body, signature, secret)).toThrow();
});

it('delivers each event twice when told to, the same body under the same id', async () => {
  await plan({ duplicates: 1 });
  for (let n = 0; n < 3; n += 1) await stripe.customers.create({ name: String(n) });
  await eventually(() => expect(hits).toHaveLength(6));
  for (const event of new Set(hits.map((hit) => hit.event)))
    expect(new Set(hits.filter((hit) => hit.event === event).map(({ body }) => body)).size).toBe(1);
  expect(new Set(hits.map(({ event }) => event)).size).toBe(3);
});

it('delivers what the API lists', async () => {
  const { latest_charge: charge } = await stripe.paymentIntents.create({
    amount: 700,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
  });
  await eventually(() => expect(hits.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toContain('charge.updated'));
  const listed = (await stripe.events.list({ limit: 100 })).data;
  expect(hits.map(({ event }) => event).sort()).toEqual(listed.map(({ id }) => id).sort());
  const updated = listed.find(({ type }) => type === 'charge.updated');
  expect(updated?.data).toMatchObject({ object: { id: charge }, previous_attributes: { balance_transaction: null } });
});
