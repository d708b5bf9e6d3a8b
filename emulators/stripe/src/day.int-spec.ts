import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { DayState, ExpectedPayment } from './day-options.js';
import { StripeEmulator } from './server.js';

/** The scripted day as its clients see it: the control surface, the SDK, and the webhooks. */
let take = true;
const receiver = createServer((request, response) => {
  request.resume();
  request.on('end', () => void response.writeHead(take ? 200 : 503).end());
});
const running: StripeEmulator[] = [];

interface Account {
  readonly base: string;
  readonly stripe: Stripe;
}

async function account(): Promise<Account> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const emulator = new StripeEmulator({ host: '127.0.0.1', port: 0, endpoints: [{ url, secrets: ['whsec_day'] }] });
  running.push(emulator);
  const port = await emulator.start();
  const stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  return { base: `http://127.0.0.1:${port}`, stripe };
}

const report = async ({ base }: Account): Promise<DayState> => (await (await fetch(`${base}/_control/day`)).json()) as DayState;
const expected = async ({ base }: Account): Promise<ExpectedPayment[]> =>
  ((await (await fetch(`${base}/_control/day/expected`)).json()) as { payments: ExpectedPayment[] }).payments;
const begin = (at: Account, seed: number): Promise<Response> =>
  fetch(`${at.base}/_control/day`, { method: 'POST', body: JSON.stringify({ seed, pauseMs: 2 }) });

async function until(what: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('waited for 30 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function played(seed: number): Promise<Account> {
  const at = await account();
  expect((await begin(at, seed)).status).toBe(200);
  await until(async () => (await report(at)).state !== 'running');
  expect(await report(at)).toMatchObject({ state: 'done', pending: 0 });
  return at;
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

beforeAll(() => new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve)));
afterAll(async () => {
  for (const emulator of running) await emulator.close();
  receiver.close();
});

it('is the same day for the same seed and another one for another', async () => {
  const [one, two, other] = await Promise.all([played(7), played(7), played(8)]);
  const amounts = async (at: Account): Promise<string[]> => (await expected(at)).map(({ amount, currency }) => `${amount} ${currency}`);
  const names = async (at: Account): Promise<unknown[]> => (await all(at.stripe.customers.list({ limit: 100 }))).map(({ name }) => name);
  expect(await amounts(one)).toEqual(await amounts(two));
  expect(await names(one)).toEqual(await names(two));
  expect(await amounts(other)).not.toEqual(await amounts(one));
});

it('has all that a day has, and its expectation is what the SDK finds captured', async () => {
  const at = await played(20_261_121);
  const [charges, customers, refunds, transactions] = await Promise.all([
    all(at.stripe.charges.list({ limit: 100 })),
    all(at.stripe.customers.list({ limit: 100 })),
    all(at.stripe.refunds.list({ limit: 100 })),
    all(at.stripe.balanceTransactions.list({ limit: 100 })),
  ]);
  const captured = charges.filter((charge) => charge.captured);
  expect(captured.length).toBeGreaterThanOrEqual(60);
  expect(new Set(captured.map(({ currency }) => currency))).toEqual(new Set(['usd', 'eur', 'jpy']));
  const line = (id: string, amount: number, currency: string, customer: unknown): string =>
    `${id} ${amount} ${currency} ${String(customer)}`;
  expect((await expected(at)).map((one) => line(one.chargeId, one.amount, one.currency, one.customer)).sort()).toEqual(
    captured.map((one) => line(one.id, one.amount_captured, one.currency, one.customer)).sort(),
  );

  const guests = captured.filter(({ customer }) => customer === null).map(({ billing_details: { email } }) => email);
  expect(guests.length).toBeGreaterThan(new Set(guests).size); // one of them returns
  expect(charges.filter(({ status }) => status === 'failed')).toHaveLength(1);
  expect(captured.filter((charge) => charge.amount_captured < charge.amount)).toHaveLength(1);

  const charge = new Map(charges.map((one) => [one.id, one]));
  for (const refund of refunds) expect(refund.amount).toBeLessThanOrEqual(charge.get(refund.charge as string)?.amount_captured ?? 0);
  expect(captured.filter(({ refunded }) => refunded)).toHaveLength(1);
  expect(captured.filter((one) => one.amount_refunded > 0 && !one.refunded).length).toBeGreaterThan(0);

  const types = new Set((await all(at.stripe.events.list({ limit: 100 }))).map(({ type }) => type));
  expect(types).toContain('customer.updated');
  const deleted = await all(at.stripe.events.list({ type: 'customer.deleted' }));
  expect(deleted).toHaveLength(1);
  expect(customers.map(({ id }) => id)).not.toContain((deleted[0]?.data.object as Stripe.Customer).id);

  // One ledger entry for each captured charge and each refund, and each adds up.
  expect(transactions).toHaveLength(captured.length + refunds.length);
  for (const { amount, fee, net } of transactions) expect(net).toBe(amount - fee);
});

it('is not done before every webhook is acknowledged, and starts once', async () => {
  take = false;
  const at = await account();
  expect(await report(at)).toMatchObject({ state: 'idle', payments: 0 });
  await begin(at, 7);
  expect(await (await begin(at, 7)).json()).toMatchObject({ started: false });
  await until(async () => {
    const { step, steps } = await report(at);
    return steps > 0 && step === steps;
  });
  const waiting = await report(at);
  expect(waiting).toMatchObject({ state: 'running', delivered: 0 });
  expect(waiting.pending).toBeGreaterThan(0);
  take = true;
  await until(async () => (await report(at)).state === 'done');
  expect(await report(at)).toMatchObject({ pending: 0 });
});
