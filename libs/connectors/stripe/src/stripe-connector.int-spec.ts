import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErpDocument } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';
import { pinnedApiVersion } from './stripe.config.js';
import { createStripeConnector } from './stripe-connector.js';
import type { StripeConnector } from './stripe-connector.js';

/** A Stripe that keeps metadata, merges it as Stripe does, and misbehaves by object id. */
const metadata = new Map<string, Record<string, string>>();
const keys: unknown[] = [];
let server: Server;
let connector: StripeConnector;
const never = new AbortController().signal;
const pace = { ratePerSecond: 1_000, maxWaitMs: 100 };
const writes: Record<string, string>[] = [];

const failures: Readonly<Record<string, readonly [number, unknown]>> = {
  cus_denied: [401, { error: { type: 'authentication_error', message: 'Invalid API Key provided: sk_test_***' } }],
  cus_missing: [404, { error: { type: 'invalid_request_error', code: 'resource_missing', param: 'id', message: 'No such customer' } }],
  cus_locked: [429, { error: { type: 'invalid_request_error', code: 'lock_timeout', message: 'locked' } }],
  cus_limited: [429, { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'slow down' } }],
  cus_asked: [429, { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'slow down' } }],
  cus_running: [409, { error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'in use' } }],
  cus_refused: [400, { error: { type: 'invalid_request_error', code: 'parameter_invalid', param: 'metadata[x]', message: 'no' } }],
  cus_broken: [500, { error: { type: 'api_error', message: 'boom' } }],
};

beforeEach(async () => {
  metadata.clear();
  keys.length = 0;
  writes.length = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const id = (request.url ?? '').split('/').at(-1) ?? '';
      const write = request.method === 'POST';
      if (write) {
        const key = String(request.headers['idempotency-key']);
        const repeated = keys.includes(key);
        keys.push(key);
        if (id === 'cus_stuck' && !/:.*:/.test(key)) {
          response.writeHead(500, { 'content-type': 'application/json', ...(repeated ? { 'idempotent-replayed': 'true' } : {}) });
          return void response.end(JSON.stringify({ error: { type: 'api_error', message: 'boom' } }));
        }
        const sent = [...new URLSearchParams(Buffer.concat(chunks).toString())].map(([name, value]) => [
          name.replace(/^metadata\[(.*)\]$/, '$1'),
          value,
        ]);
        writes.push(Object.fromEntries(sent) as Record<string, string>);
        if (!failures[id] || id === 'cus_broken')
          metadata.set(id, { ...metadata.get(id), ...Object.fromEntries(sent) } as Record<string, string>);
      }
      // Commits, then the connection is cut before the answer.
      if (write && id === 'cus_cut') return void request.socket.destroy();
      const [status, body] = (write || id !== 'cus_broken' ? failures[id] : undefined) ?? [
        200,
        id === 'cus_deleted' ? { id, object: 'customer', deleted: true } : { id, object: 'customer', metadata: metadata.get(id) ?? {} },
      ];
      const asked = id === 'cus_asked' ? { 'retry-after': '7' } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...asked }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  connector = createStripeConnector({
    apiKey: () => 'sk_test_spec',
    apiUrl: urlOf(server),
    apiVersion: pinnedApiVersion,
    timeoutMs: 500,
    fetch,
    ...pace,
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

function urlOf(of: Server): string {
  return `http://127.0.0.1:${(of.address() as AddressInfo).port}`;
}

function aDocument(objectId: string, values: Record<string, string> = { erp_customer_id: '1042' }): ErpDocument {
  const key = postingKey({ target: 'stripe-main', kind: 'metadata', sourceId: objectId, part: 'customer' });
  return {
    postingKey: key,
    kind: 'metadata',
    shape: 'stripe/metadata',
    lines: [],
    protocol: 'create-once',
    fields: { objectType: 'customer', objectId, ...values },
  };
}

it('plants the id and the posting key beside what is there, and finds it again', async () => {
  metadata.set('cus_1', { kept: 'yes' });
  const document = aDocument('cus_1');
  expect(await connector.find(document.postingKey, 'metadata', never)).toBeUndefined();
  expect(await connector.post(document, never)).toEqual({ kind: 'posted', reference: { objectType: 'customer', objectId: 'cus_1' } });
  expect(metadata.get('cus_1')).toEqual({
    kept: 'yes',
    erp_customer_id: '1042',
    tributary_posting_key: 'stripe-main/metadata/cus_1/customer',
  });
  expect((await connector.find(document.postingKey, 'metadata', never))?.reference).toEqual({ objectType: 'customer', objectId: 'cus_1' });
});

// https://github.com/stripe/stripe-node/issues/125: an id of the merchant's own making.
it.each(['office@anchor.example', '4711', 'a:b+c'])('writes to a customer with the id %s like to any other', async (id) => {
  const document = aDocument(id);
  expect(await connector.post(document, never)).toEqual({ kind: 'posted', reference: { objectType: 'customer', objectId: id } });
  expect(metadata.get(encodeURIComponent(id))).toMatchObject({ erp_customer_id: '1042' });
  expect(await connector.find(document.postingKey, 'metadata', never)).toBeDefined();
});

// A charge that is captured more than once has one receipt per capture, and each of them is written back.
it('keeps a posting key per document about one object, so that each is found again', async () => {
  const ofPart = (part: string): ErpDocument => ({
    ...aDocument('ch_1'),
    postingKey: postingKey({ target: 'stripe-main', kind: 'metadata', sourceId: 'ch_1', part }),
  });
  const longest = `charge-captured-${'9'.repeat(20)}`;
  for (const part of ['charge', 'charge-captured-7500', longest])
    expect(await connector.post(ofPart(part), never)).toEqual({ kind: 'posted', reference: { objectType: 'charge', objectId: 'ch_1' } });
  expect(metadata.get('ch_1')).toMatchObject({
    tributary_posting_key: 'stripe-main/metadata/ch_1/charge',
    'tributary_posting_key_captured-7500': 'stripe-main/metadata/ch_1/charge-captured-7500',
  });
  // Stripe takes metadata keys of at most 40 characters: docs/reference/stripe.md section 7.
  expect(Object.keys(metadata.get('ch_1') ?? {}).every((name) => name.length <= 40)).toBe(true);
  for (const part of ['charge', 'charge-captured-7500', longest])
    expect((await connector.find(ofPart(part).postingKey, 'metadata', never))?.reference).toEqual({
      objectType: 'charge',
      objectId: 'ch_1',
    });
});

it('writes nothing where all is as it should be, and only what differs otherwise', async () => {
  metadata.set('cus_1', { erp_customer_id: '1042', erp_customer_num: '6', tributary_posting_key: 'stripe-main/metadata/cus_1/customer' });
  const document = aDocument('cus_1', { erp_customer_id: '1042', erp_customer_num: '7' });
  expect(await connector.post({ ...document, protocol: 'versioned-upsert' }, never)).toMatchObject({ kind: 'updated' });
  expect(await connector.post({ ...document, protocol: 'versioned-upsert' }, never)).toMatchObject({ kind: 'updated' });
  expect(writes).toEqual([{ erp_customer_num: '7' }]);
});

it('sends the same idempotency key for the same write, another for another', async () => {
  const write = async (before: Record<string, string>, values?: Record<string, string>): Promise<void> => {
    metadata.set('cus_1', before);
    await connector.post(aDocument('cus_1', values), never);
  };
  await write({});
  await write({});
  await write({}, { erp_customer_id: '1043' });
  await write({ erp_customer_id: 'taken away' });
  expect(keys[0]).toMatch(/^tributary:[0-9A-Z]{50}$/);
  expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 2, 3]);
});

it('is not stuck with a failure that Stripe keeps for a key', async () => {
  // Refused before anything was done, and kept: the next call under this key only hears it again.
  expect(await connector.post(aDocument('cus_stuck'), never)).toMatchObject({ kind: 'unknown' });
  expect(metadata.get('cus_stuck')).toBeUndefined();
  expect(await connector.post(aDocument('cus_stuck'), never)).toMatchObject({ kind: 'posted' });
  expect(metadata.get('cus_stuck')).toMatchObject({ erp_customer_id: '1042' });
  expect(keys.map((key) => String(key).split(':').length)).toEqual([2, 2, 3]);
  expect(keys[1]).toBe(keys[0]);
});

it('keeps to its pace: who would have to wait too long is told so, and nothing is sent', async () => {
  const slow = createStripeConnector({
    apiKey: () => 'sk_test_spec',
    apiUrl: urlOf(server),
    apiVersion: pinnedApiVersion,
    timeoutMs: 500,
    fetch,
    ratePerSecond: 2,
    maxWaitMs: 50,
  });
  expect(await slow.post(aDocument('cus_1'), never)).toMatchObject({ kind: 'posted' });
  expect(await slow.post(aDocument('cus_2'), never)).toMatchObject({ kind: 'throttled', retryAfterMs: 50 });
  expect(writes).toHaveLength(1);
});

it('sends nothing after it was told to stop', async () => {
  expect(await connector.post(aDocument('cus_1'), AbortSignal.abort())).toMatchObject({ kind: 'unavailable' });
  expect(writes).toEqual([]);
});

it.each([
  ['cus_denied', { kind: 'unauthorised' }],
  // Nothing there to write to: that is no failure.
  ['cus_missing', { kind: 'skipped' }],
  ['cus_deleted', { kind: 'skipped' }],
  ['cus_locked', { kind: 'conflict' }],
  ['cus_limited', { kind: 'throttled', retryAfterMs: 1_000 }],
  // RFC 9110, section 10.2.3: seconds.
  ['cus_asked', { kind: 'throttled', retryAfterMs: 7_000 }],
  ['cus_running', { kind: 'conflict' }],
  ['cus_refused', { kind: 'rejected', code: 'stripe.parameter_invalid', field: 'metadata[x]' }],
  ['cus_broken', { kind: 'unknown' }],
  ['cus_cut', { kind: 'unknown' }],
])('tells what a failed write did: %s', async (id, outcome) => {
  const answered = await connector.post(aDocument(id), never);
  expect(answered).toMatchObject(outcome);
  expect(JSON.stringify(answered)).not.toContain('sk_test');
});

it('finds what was committed although the answer was lost', async () => {
  for (const id of ['cus_cut', 'cus_broken']) {
    const document = aDocument(id);
    expect(await connector.post(document, never)).toMatchObject({ kind: 'unknown' });
    expect((await connector.find(document.postingKey, 'metadata', never))?.reference).toEqual({ objectType: 'customer', objectId: id });
  }
});

it('knows that nothing was sent to a port where nobody listens, and finds nothing out there', async () => {
  const gone = createServer();
  await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
  const apiUrl = urlOf(gone);
  await new Promise((done) => gone.close(done));
  const away = createStripeConnector({
    apiKey: () => 'sk_test_spec',
    apiUrl,
    apiVersion: pinnedApiVersion,
    timeoutMs: 500,
    fetch,
    ...pace,
  });
  expect(await away.post(aDocument('cus_1'), never)).toMatchObject({ kind: 'unavailable' });
  await expect(away.find(aDocument('cus_1').postingKey, 'metadata', never)).rejects.toMatchObject({ code: 'erp.silent' });
  await expect(away.probe(never)).rejects.toMatchObject({ code: 'erp.silent' });
});

it('tells refused credentials from silence when it looks', async () => {
  await expect(connector.find(aDocument('cus_denied').postingKey, 'metadata', never)).rejects.toMatchObject({ code: 'erp.unauthorised' });
  await expect(connector.probe(never)).resolves.toBeUndefined();
});
