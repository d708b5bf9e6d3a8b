import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { encodeAvro, events, headers, topics } from '@tributary/contracts';
import type {
  ConsumerGroupsView,
  MessageFieldView,
  MessageFixtureView,
  MessageRecordView,
  MessageView,
  PaymentReceived,
  PostingConcluded,
  Source,
} from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { answerCheck, Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import { outgoing, RegistrySchemaIds } from '@tributary/messaging';
import { createDataSource } from '@tributary/persistence';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../audit/emit/audit-trail.js';
import { EventTranslator } from '../desk/emit/event-translator.js';
import { PayloadReader, SCHEMA_IDS } from '../desk/emit/payload.reader.js';
import { reconMigrations } from '../migrations/index.js';
import { loadReconConfig } from '../recon.config.js';
import { DeadLetterSystem, eventually } from '../testing/dead-letter-system.js';
import { aRequest, target } from '../testing/requests.js';
import { MessageController } from './accept/message.controller.js';
import { messageProviders } from './message-parts.js';

/** A text about a person, which stands in the webhook and in the fact. */
const canary = 'Ada Lovelace';
const body = {
  ...{
    id: 'evt-ch_1',
    object: 'event',
    type: 'charge.succeeded',
    api_version: '2026-08-26.dahlia',
    created: 1_763_700_000,
    livemode: false,
  },
  data: {
    object: {
      ...{ id: 'ch_1', object: 'charge', amount: 29_429, amount_captured: 29_429, currency: 'usd', captured: true, status: 'succeeded' },
      ...{ paid: true, created: 1_763_700_000, customer: 'cus_1', billing_details: { name: canary, email: 'ada@lovelace.example' } },
    },
  },
};
const at = Date.now();
const source: Source = {
  ...{ system: 'stripe', account: null, eventId: body.id, eventType: body.type, objectId: 'ch_1', apiVersion: null, livemode: false },
  occurredAt: at,
};
const payment: PaymentReceived = {
  ...{ source, paymentId: 'pi_1', chargeId: 'ch_1', part: null, chargedAt: null, saleId: null, paymentIntentId: null, customerId: 'cus_1' },
  ...{ customer: null, amount: { minor: 29_429n, currency: 'USD' }, receivedAt: at, description: `for ${canary}` },
  payer: { name: canary, email: null, phone: null, address: null },
  method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
  ...{ balanceTransactionId: null, settlement: null, metadata: { [canary]: 'yes' } },
};
const request = aRequest('ch_1', { canonicalEventId: 'fact-ch_1', requestedAt: at });
const outcome = {
  ...{
    requestId: 'req-ch_1',
    postingKey: request.postingKey,
    target,
    kind: 'cash-receipt',
    result: 'posted',
    canonicalEventId: 'fact-ch_1',
  },
  ...{ sourceEventId: body.id, sequence: 'pi-ch_1', reference: { HeadNum: '881' }, amount: null, code: null, text: `booked for ${canary}` },
  ...{ postingDate: null, attempts: 1, concludedAt: at, batchId: null },
} as unknown as PostingConcluded;
const deleted = { source, customerId: 'cus_1' };

let system: DeadLetterSystem;
let transform: Server;
let database: DataSource;
let app: NestFastifyApplication;
let caller: Identity = localIdentity;

/** The walk of one payment, as the services publish it. */
async function publishWalk(): Promise<void> {
  const key = 'cus_1';
  const from = { key, sequence: 'pi-ch_1', sourceEventId: body.id };
  const rawHeaders = { [headers.subject]: body.type, [headers.endpoint]: 'default', [headers.receivedAt]: new Date(at).toISOString() };
  const canonical = [
    { eventId: 'fact-ch_1', eventType: events.paymentReceived.type },
    { eventId: 'fact-deleted', eventType: events.customerDeleted.type },
  ];
  const postings = [{ requestId: 'req-ch_1', postingKey: request.postingKey, target, kind: 'cash-receipt' }];
  await system.publisher.publish([
    outgoing({ event: events.stripeEventReceived, id: body.id, value: Buffer.from(JSON.stringify(body)), headers: rawHeaders, ...from }),
    outgoing({ event: events.paymentReceived, id: 'fact-ch_1', value: payment, ...from }),
    outgoing({ event: events.customerDeleted, id: 'fact-deleted', value: deleted, ...from }),
    outgoing({
      event: events.eventTranslated,
      id: randomUUID(),
      value: { source, canonical, ignoredReason: null, ignoredText: null },
      ...from,
    }),
    outgoing({ event: events.postingRequested, topic: topics.postings(target), id: 'req-ch_1', value: request, ...from }),
    outgoing({
      event: events.eventRouted,
      id: randomUUID(),
      value: {
        ...{ sourceEventId: body.id, canonicalEventId: 'fact-ch_1', canonicalType: events.paymentReceived.type, postings },
        ...{ ignoredReason: null, ignoredText: null },
      },
      ...from,
    }),
    outgoing({ event: events.postingConcluded, id: 'out-ch_1', value: outcome, ...from }),
  ]);
}

/** What transform answers: the fact that recon may not read in its topic. */
function startTransform(): Promise<Server> {
  const value = Buffer.from(encodeAvro(events.customerDeleted.record as string, deleted)).toString('base64');
  const fact = { eventId: 'fact-deleted', eventType: events.customerDeleted.type, sequence: 'cus_1', sourceEventId: body.id, value };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ facts: [fact], ignoredReason: null, problem: null }));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

beforeAll(async () => {
  [system, transform] = await Promise.all([DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot }), startTransform()]);
  await publishWalk();
  const TRANSFORM_URL = `http://127.0.0.1:${(transform.address() as AddressInfo).port}`;
  await system.startRecon({ TRANSFORM_URL });
  database = createDataSource({ url: system.stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await database.initialize();
  const { brokers, registryUrl, databaseUrl } = system.stack;
  const config = loadReconConfig({
    ...{ KAFKA_BROKERS: brokers.join(','), SCHEMA_REGISTRY_URL: registryUrl, DATABASE_URL: databaseUrl, RECON_TARGETS: target },
  });
  @Module({
    controllers: [MessageController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: DataSource, useValue: database },
      { provide: SCHEMA_IDS, useValue: new RegistrySchemaIds(registryUrl) },
      { provide: EventTranslator, useValue: new EventTranslator(TRANSFORM_URL) },
      ...[PayloadReader, AuditTrail, ...messageProviders(config, { brokers, clientId: 'messages' })],
    ],
  })
  class HttpModule {}
  app = await NestFactory.create(HttpModule, new FastifyAdapter({ forceCloseConnections: true }), { logger: false });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  await eventually(
    () => get<MessageView>('/messages/out-ch_1'),
    ({ status }) => status === 200,
  );
}, 180_000);
afterAll(async () => {
  await app?.close();
  await database?.destroy();
  await system?.stop();
  transform?.close();
}, 60_000);
afterEach(() => {
  caller = localIdentity;
});

const misfits = answerCheck('recon');
async function get<T>(path: string): Promise<{ status: number; body: T; text: string }> {
  const response = await fetch(`${await app.getUrl()}${path}`);
  const text = await response.text();
  expect(misfits({ path, status: response.status, body: JSON.parse(text) })).toEqual([]);
  return { status: response.status, body: JSON.parse(text) as T, text };
}
const recordOf = async (id: string): Promise<MessageRecordView> => (await get<MessageRecordView>(`/messages/${id}/record`)).body;
const fieldOf = (record: MessageRecordView, path: string): MessageFieldView | undefined =>
  record.fields.find((field) => field.path === path);
const viewer: Identity = { subject: 'person:1', name: 'Vera', grants: [{ role: 'viewer', target: '*' }] };
const reads = async (): Promise<string[]> =>
  (await database.query<{ object: string }[]>(`select object from recon.audit where action = 'payload.read' order by sequence`)).map(
    ({ object }) => object,
  );

it('leads from each message of the walk to all others', async () => {
  const chains = await Promise.all(['evt-ch_1', 'fact-ch_1', 'req-ch_1', 'out-ch_1'].map((id) => get<MessageView>(`/messages/${id}`)));
  expect(chains.map(({ body: { kind, topic, chargeId } }) => [kind, topic, chargeId])).toEqual([
    ['raw', 'stripe.events.v1', 'ch_1'],
    ['canonical', 'ar.v1', 'ch_1'],
    ['request', `postings.${target}.v1`, 'ch_1'],
    ['outcome', 'erp.v1', 'ch_1'],
  ]);
  for (const { body: message } of chains) {
    const { raw, canonical, requests, outcomes } = message.chain;
    expect([raw?.id, canonical.map(({ id }) => id).toSorted(), requests.map(({ id }) => id), outcomes.map(({ id }) => id)]).toEqual([
      ...['evt-ch_1', ['fact-ch_1', 'fact-deleted'], ['req-ch_1'], ['out-ch_1']],
    ]);
  }
  expect((await get('/messages/nowhere')).status).toBe(404);
});

it('shows the webhook byte for byte to whoever may read it, from its place in the topic', async () => {
  const record = await recordOf('evt-ch_1');
  expect([record.source, record.problem, record.masked, record.topic, record.key]).toEqual([
    'topic',
    null,
    false,
    'stripe.events.v1',
    'cus_1',
  ]);
  expect(JSON.parse(record.body ?? '')).toEqual(body);
  expect(record.headers).toContainEqual({ name: headers.id, value: 'evt-ch_1' });
});

it('decodes a fact with the schema it was written with, and says what its fields mean', async () => {
  const record = await recordOf('fact-ch_1');
  expect(record.schema).toMatchObject({
    record: 'tributary.ar.PaymentReceived',
    subject: 'ar.v1-tributary.ar.PaymentReceived',
    version: 1,
    current: true,
  });
  expect(fieldOf(record, 'amount.minor')).toMatchObject({ value: '29429', meaning: 'minor units: 294.29 USD', masked: false });
  expect(fieldOf(record, 'payer.name')?.value).toBe(canary);
  expect(fieldOf(record, 'amount')?.doc).toMatch(/gross of fees/);
  expect([record.partition, Number(record.offset)]).toEqual([expect.any(Number), expect.any(Number)]);
});

it('finds requests and outcomes by their id', async () => {
  expect(fieldOf(await recordOf('req-ch_1'), 'postingKey')?.value).toBe(request.postingKey);
  expect(fieldOf(await recordOf('out-ch_1'), 'result')?.value).toBe('posted');
});

it('shows what transform makes of the webhook where recon may not read the topic, and says so', async () => {
  const record = await recordOf('fact-deleted');
  expect([record.source, record.problem?.code, record.topic]).toEqual(['translation', 'message.topic-unreadable', 'party.v1']);
  expect(fieldOf(record, 'customerId')?.value).toBe('cus_1');
});

it('masks texts about people for whoever may not read payloads, and writes only the others into the trail', async () => {
  const before = (await reads()).length;
  caller = viewer;
  const texts = await Promise.all(
    ['evt-ch_1', 'fact-ch_1', 'req-ch_1', 'out-ch_1'].map((id) => get<MessageRecordView>(`/messages/${id}/record`)),
  );
  expect(texts.filter(({ text }) => /Ada|Lovelace/.test(text))).toEqual([]);
  expect(texts.map(({ body: { masked, body: raw } }) => [masked, raw])).toEqual(texts.map(() => [true, null]));
  const [, fact] = texts;
  expect(fieldOf(fact?.body as MessageRecordView, 'payer.name')).toMatchObject({ value: null, masked: true });
  expect(fieldOf(fact?.body as MessageRecordView, 'chargeId')?.value).toBe('ch_1');
  expect((await get('/messages/evt-ch_1/fixture')).status).toBe(403);
  expect((await reads()).length).toBe(before);
  caller = { ...viewer, grants: [{ role: 'engineer', target: 'elsewhere' }] };
  expect((await get('/messages/req-ch_1')).status).toBe(404);
  caller = { ...viewer, grants: [{ role: 'engineer', target }] };
  expect((await recordOf('out-ch_1')).masked).toBe(false);
  expect((await reads()).at(-1)).toBe('message:out-ch_1');
});

it('makes a fixture without texts about people, of any message of the chain', async () => {
  const { body: made } = await get<MessageFixtureView>('/messages/out-ch_1/fixture');
  expect([made.eventId, made.fileName]).toEqual(['evt-ch_1', 'charge.succeeded.evt-ch_1.json']);
  expect(made.body).not.toMatch(/Ada|ovelace/i);
  expect(JSON.parse(made.body)).toMatchObject({ data: { object: { amount_captured: 29_429, currency: 'usd', id: 'ch_1' } } });
});

it('says how far each group is, and that nobody reads for those that are not there', async () => {
  const { groups } = await eventually(
    async () => (await get<ConsumerGroupsView>('/consumer-groups')).body,
    (view) => view.groups.find(({ group }) => group === 'tributary-recon')?.lag === '0',
  );
  const own = groups.find(({ group }) => group === 'tributary-recon');
  expect([own?.members, own?.meaning, own?.topics.find(({ topic }) => topic === 'stripe.events.v1')]).toEqual([
    ...[1, 'Up to date.', { topic: 'stripe.events.v1', newest: '1', lag: '0' }],
  ]);
  expect(groups.find(({ group }) => group === 'tributary-translate')).toMatchObject({
    ...{ lag: '1', members: 0, meaning: 'Nobody is in this group, and 1 message waits for it: start its service.' },
  });
  caller = { ...viewer, grants: [{ role: 'viewer', target: 'elsewhere' }] };
  const seen = (await get<ConsumerGroupsView>('/consumer-groups')).body.groups.map(({ group }) => group);
  expect(seen).not.toContain(`tributary-sink-${target}`);
});

it('shows texts of an erased customer to nobody, and says when a record is gone', async () => {
  await database.query(`insert into recon.erasure (customer_id, erased_at) values ('cus_1', now())`);
  const record = await recordOf('evt-ch_1');
  expect([record.masked, record.body, record.problem?.code]).toEqual([true, null, 'message.erased']);
  await database.query(`delete from recon.erasure`);
  await database.query(`update recon.delivery set "offset" = 1000000 where event_id = 'evt-ch_1'`);
  const gone = await recordOf('evt-ch_1');
  expect([gone.source, gone.problem]).toEqual([
    'none',
    { code: 'message.gone', text: expect.stringContaining('stripe.events.v1 keeps its records for 40 days') as string },
  ]);
  expect((await get('/messages/evt-ch_1/fixture')).status).toBe(410);
});
