import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStripeClient } from './stripe-client.js';
import { pinnedApiVersion } from './stripe.config.js';
import { StripeReader } from './stripe-reader.js';

/** Answers by the id that is asked for; bodies as in proof/fixtures/stripe/errors. */
const answers: Readonly<Record<string, readonly [status: number, body: unknown]>> = {
  cus_there: [200, { id: 'cus_there', object: 'customer', name: 'Acme', metadata: {} }],
  cus_card: [200, { id: 'cus_card', object: 'customer', name: 'Jane 4242 4242 4242 4242', metadata: { note: 4242424242424242 } }],
  cus_missing: [404, { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such customer' } }],
  cus_denied: [403, { error: { type: 'invalid_request_error', message: 'The provided key does not have access' } }],
  // A list of what does not exist is answered with 400.
  'balance_transactions?payout=po_missing&limit=100': [
    400,
    { error: { type: 'invalid_request_error', code: 'resource_missing', param: 'payout', message: 'No such payout' } },
  ],
  cus_asked: [429, { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'slow down' } }],
  cus_broken: [500, { error: { type: 'api_error', message: 'boom' } }],
  txn_there: [200, { id: 'txn_there', object: 'balance_transaction', amount: 2000, fee: 88, net: 1912, currency: 'usd' }],
};

/** Rows of the list of a payout, in pages of the asked size. */
function pageOf(path: string, rows: number): unknown {
  const query = new URL(path, 'http://localhost').searchParams;
  const from = query.has('starting_after') ? Number(query.get('starting_after')?.slice('txn_'.length)) + 1 : 0;
  const to = Math.min(rows, from + Number(query.get('limit')));
  const data = Array.from({ length: to - from }, (_, row) => ({ id: `txn_${from + row}`, object: 'balance_transaction' }));
  return { object: 'list', data, has_more: to < rows };
}

let server: Server;
let reader: StripeReader;
const calls: { path: string; version: unknown; account: unknown; telemetry: unknown }[] = [];

beforeEach(async () => {
  calls.length = 0;
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const { headers } = request;
    calls.push({
      path,
      version: headers['stripe-version'],
      account: headers['stripe-account'],
      telemetry: headers['x-stripe-client-telemetry'],
    });
    const id = path.split('/').at(-1) ?? '';
    if (id.startsWith('balance_transactions?payout=po_250')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(pageOf(path, 250)));
      return;
    }
    if (id === 'cus_silent') return;
    const [status, body] = answers[id] ?? [404, {}];
    // Longer than the SDK waits by itself (60 s): a date, two minutes after that of the answer.
    const asked = status === 429 ? { date: 'Sun, 06 Nov 1994 08:49:37 GMT', 'retry-after': 'Sun, 06 Nov 1994 08:51:37 GMT' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...asked }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createStripeClient({ apiKey: () => 'sk_test_spec', apiUrl, apiVersion: pinnedApiVersion, timeoutMs: 200, fetch });
  reader = new StripeReader(client, { ratePerSecond: 100, maxWaitMs: 1_000, circuitResetMs: 60_000 });
});

afterEach(async () => {
  reader.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const own = { account: null };

it('reads once and remembers, and reads anew when asked to', async () => {
  expect(await reader.find('customer', 'cus_there', own)).toMatchObject({ kind: 'found', object: { name: 'Acme' }, fromCache: false });
  expect(await reader.find('customer', 'cus_there', own)).toMatchObject({ kind: 'found', fromCache: true });
  expect(calls).toHaveLength(1);
  expect(await reader.find('customer', 'cus_there', { ...own, fresh: true })).toMatchObject({ kind: 'found', fromCache: false });
  expect(calls).toEqual(
    Array.from({ length: 2 }, () =>
      expect.objectContaining({ path: '/v1/customers/cus_there', version: '2026-08-26.dahlia', telemetry: undefined }),
    ),
  );
});

it('reads no card number, whether somebody typed it as text or as a number', async () => {
  expect(await reader.find('customer', 'cus_card', own)).toMatchObject({
    kind: 'found',
    object: { name: 'Jane **** **** **** 4242', metadata: { note: '**********4242' } },
  });
});

it('asks the connected account where the event is of one', async () => {
  await reader.find('balance_transaction', 'txn_there', { account: 'acct_1' });
  await reader.find('balance_transaction', 'txn_there', own);
  expect(calls.map(({ path, account }) => [path, account])).toEqual([
    ['/v1/balance_transactions/txn_there', 'acct_1'],
    ['/v1/balance_transactions/txn_there', undefined],
  ]);
});

it('tells "not there" from "no answer"', async () => {
  expect(await reader.find('customer', 'cus_missing', own)).toEqual({ kind: 'absent' });
  expect(await reader.find('customer', 'cus_missing', own)).toEqual({ kind: 'absent' });
  expect(calls).toHaveLength(1);
  expect(await reader.find('customer', 'cus_denied', own)).toEqual({ kind: 'unavailable', reason: 'StripePermissionError (HTTP 403)' });
  expect(await reader.find('customer', 'cus_broken', own)).toEqual({ kind: 'unavailable', reason: 'StripeAPIError (HTTP 500)' });
  expect(await reader.find('customer', 'cus_silent', own)).toEqual({ kind: 'unavailable', reason: 'StripeConnectionError' });
});

it('stops calling while nothing answers, and says so at once', async () => {
  for (let n = 0; n < 6; n += 1) await reader.find('customer', 'cus_broken', { ...own, fresh: true });
  const before = calls.length;
  expect(await reader.find('customer', 'cus_there', own)).toEqual({ kind: 'unavailable', reason: 'circuit open' });
  expect(calls).toHaveLength(before);
});

it('calls nothing for as long as Stripe asks', async () => {
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createStripeClient({ apiKey: () => 'sk_test_spec', apiUrl, apiVersion: pinnedApiVersion, timeoutMs: 200, fetch });
  let now = 1_000_000;
  const told = new StripeReader(client, { ratePerSecond: 100, maxWaitMs: 1_000, now: () => now });
  expect(await told.find('customer', 'cus_asked', own)).toEqual({ kind: 'unavailable', reason: 'StripeRateLimitError (HTTP 429)' });
  const before = calls.length;
  now += 119_999;
  expect(await told.find('customer', 'cus_there', own)).toEqual({ kind: 'unavailable', reason: 'Stripe asked to wait' });
  expect(calls).toHaveLength(before);
  now += 1;
  expect(await told.find('customer', 'cus_there', own)).toMatchObject({ kind: 'found' });
  told.close();
});

describe('a list', () => {
  it('is read whole, page after page, and never from memory', async () => {
    const lookup = await reader.find('payout_movements', 'po_250', own);
    if (lookup.kind !== 'found') throw new Error(lookup.kind);
    const data = lookup.object.data as { id: string }[];
    expect(data.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, row) => `txn_${row}`));
    expect(calls.map(({ path }) => path)).toEqual([
      '/v1/balance_transactions?payout=po_250&limit=100',
      '/v1/balance_transactions?payout=po_250&limit=100&starting_after=txn_99',
      '/v1/balance_transactions?payout=po_250&limit=100&starting_after=txn_199',
    ]);
    expect(await reader.find('payout_movements', 'po_250', own)).toMatchObject({ kind: 'found', fromCache: false });
    expect(calls).toHaveLength(6);
  });

  it('takes a turn for every page, so that the reader stays within its rate', async () => {
    // A clock that stands still gives three turns and no more.
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = createStripeClient({ apiKey: () => 'sk_test_spec', apiUrl, apiVersion: pinnedApiVersion, timeoutMs: 200, fetch });
    const still = new StripeReader(client, { ratePerSecond: 3, maxWaitMs: 0, now: () => 0 });
    expect(await still.find('payout_movements', 'po_250', own)).toMatchObject({ kind: 'found' });
    expect(await still.find('customer', 'cus_there', own)).toEqual({ kind: 'unavailable', reason: 'rate limit' });
    still.close();
  });

  it('of what does not exist is not there, which is an answer', async () => {
    expect(await reader.find('payout_movements', 'po_missing', own)).toEqual({ kind: 'absent' });
  });

  // Paths and parameters by docs/reference/stripe.md sections 5, 7 and 10.
  it.each([
    ['payout_movements', '/v1/balance_transactions?payout=x&limit=100'],
    ['charge_refunds', '/v1/refunds?charge=x&limit=100'],
    ['invoice_lines', '/v1/invoices/x/lines?limit=100'],
    ['credit_note_lines', '/v1/credit_notes/x/lines?limit=100'],
    ['checkout_lines', '/v1/checkout/sessions/x/line_items?limit=100'],
    ['payment_checkouts', '/v1/checkout/sessions?payment_intent=x&limit=100'],
    ['payment_invoices', '/v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]=x&expand[0]=data.invoice&limit=100'],
    ['invoice_credit_notes', '/v1/credit_notes?invoice=x&limit=100'],
  ] as const)('of %s is asked for at its place', async (kind, path) => {
    await reader.find(kind, 'x', own);
    expect(calls.map((call) => decodeURIComponent(call.path))).toEqual([path]);
  });
});
