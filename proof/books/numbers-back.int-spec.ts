import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createStripeConnector, idempotencyPrefix, pinnedApiVersion, postingKeyMetadata } from '@tributary/connector-stripe';
import type { PostingRequested } from '@tributary/contracts';
import { EmulatorProcess, workspaceRoot } from '@tributary/local-stack';
import { compileAssets, route } from '@tributary/mapping';
import type { AssetBundle } from '@tributary/mapping';
import { shippedAssetFiles } from '../built.js';
import { Pipeline } from './pipeline.js';
import type { OwnWrites } from './pipeline.js';
import { loadSinkSteps } from './sink-steps.js';
import type { SinkSteps } from './sink-steps.js';

/**
 * What a number costs that goes back to Stripe, in calls: each document reads its object and writes it once; the event that Stripe sends about
 * it becomes no fact, reads nothing and asks for nothing; and the same document again reads and writes nothing.
 */
const objectOf = (file: string): { readonly id: string } =>
  (
    JSON.parse(readFileSync(join(workspaceRoot, 'proof/fixtures/stripe/events', file), 'utf8')) as {
      data: { object: { id: string } };
    }
  ).data.object;
const customer = objectOf('customer.updated.json');
const charge = objectOf('charge.succeeded.json');
/** References as the connectors of the three ledgers give them. */
const outcomes = [
  [`kinetic-main/customer/${customer.id}`, { CustID: 'ACME', CustNum: '1042' }],
  [`sl-main/customer/${customer.id}`, { CustId: 'C000001' }],
  [`p21-main/customer/${customer.id}`, { CompanyId: 'ACME', CustomerId: '100198' }],
  [`kinetic-main/cash-receipt/${charge.id}`, { GroupID: 'S26090101', HeadNum: '881' }],
  [`sl-main/cash-receipt/${charge.id}`, { RefNbr: '7F3K2M9Q1A', BatNbr: '001234' }],
  [`p21-main/cash-receipt/${charge.id}`, { CompanyId: 'ACME', PaymentNumber: '70001' }],
] as const;
const never = new AbortController().signal;

let hooks: Server;
let stripe: EmulatorProcess;
let pipeline: Pipeline;
let sink: SinkSteps;
let bundle: AssetBundle;
const delivered: Uint8Array[] = [];
let onDelivery = (): void => undefined;
const calls: string[] = [];

beforeAll(async () => {
  hooks = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      delivered.push(Buffer.concat(chunks));
      response.writeHead(200).end();
      onDelivery();
    });
  });
  await new Promise<void>((done) => hooks.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`;
  stripe = await EmulatorProcess.start('stripe', {
    STRIPE_EMULATOR_ENDPOINTS: JSON.stringify([{ url, secrets: ['whsec_numbers'], apiVersion: pinnedApiVersion }]),
  });
  const body = JSON.stringify({ customers: [customer], charges: [charge] });
  const put = await fetch(`${stripe.origin}/_control/objects`, { method: 'PUT', body });
  if (!put.ok) throw new Error(await put.text());
  [pipeline, sink] = [await Pipeline.load(), await loadSinkSteps()];
  const compiled = compileAssets(shippedAssetFiles());
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  bundle = compiled.bundle;
}, 60_000);
afterAll(async () => {
  await stripe.stop();
  await new Promise((done) => hooks.close(done));
});

const requests = (): PostingRequested[] =>
  outcomes.flatMap(([postingKey, reference], index) => {
    const [target = '', kind = ''] = postingKey.split('/');
    const value = { postingKey, target, kind, result: 'posted', reference, amount: null, concludedAt: 1_788_276_642_000 };
    const fact = { eventId: `outcome-${index}`, eventType: 'erp.posting-concluded', value, sourceEventId: 'evt_1', sequence: postingKey };
    return route(bundle, fact, 0).postings.map(({ request }) => request);
  });

/** Writes the numbers of all outcomes. @returns how each document ended. */
async function writeAll(): Promise<string[]> {
  const connector = createStripeConnector({
    apiKey: () => 'sk_test_numbers',
    apiUrl: stripe.origin,
    apiVersion: pinnedApiVersion,
    timeoutMs: 5_000,
    ratePerSecond: 1_000,
    maxWaitMs: 100,
    fetch: (target, init) => {
      calls.push(init?.method ?? 'GET');
      return fetch(target, init);
    },
  });
  const ends: string[] = [];
  for (const request of requests()) {
    const composed = sink.composeDocument(request, new Map(), undefined);
    if (composed.kind !== 'document') throw new Error(JSON.stringify(composed));
    ends.push((await connector.post(composed.document, never)).kind);
  }
  return ends;
}

const counted = (method: string): number => calls.filter((one) => one === method).length;

it('is one read and one write for each document, whichever ledger it is of, and one event', async () => {
  const all = new Promise<void>((done) => {
    onDelivery = () => void (delivered.length === outcomes.length && done());
  });
  expect(requests()).toHaveLength(outcomes.length);
  expect(await writeAll()).toEqual(['updated', 'updated', 'updated', 'posted', 'posted', 'posted']);
  await all;
  expect([counted('GET'), counted('POST')]).toEqual([outcomes.length, outcomes.length]);
  const state = (await (await fetch(`${stripe.origin}/_control/state`)).json()) as Record<string, { id: string; metadata: object }[]>;
  expect(state.charges?.find(({ id }) => id === charge.id)?.metadata).toMatchObject({
    kinetic_receipt_number: '881',
    sl_payment_number: '7F3K2M9Q1A',
    p21_payment_number: '70001',
  });
});

it('comes round as an event that becomes no fact and reads nothing, so that nothing is posted and nothing is written back', () => {
  const metadataKeys = new Set([...bundle.stripeMetadataKeys, postingKeyMetadata]);
  const own: OwnWrites = { metadataKeys, plantedPrefix: `${postingKeyMetadata}_`, idempotencyPrefix };
  expect(delivered.map((body) => pipeline.ofEvent(body, own))).toEqual(outcomes.map(() => ({ facts: [], reads: [] })));
  // Somebody else's write of the same keys is news.
  const [first = new Uint8Array()] = delivered;
  expect(pipeline.ofEvent(first, { ...own, idempotencyPrefix: 'another:' }).facts).toEqual(['party.customer-updated']);
});

it('is one read, no write and no event when the same numbers are told again', async () => {
  calls.length = 0;
  await writeAll();
  expect([counted('GET'), counted('POST'), delivered.length]).toEqual([outcomes.length, 0, outcomes.length]);
});
