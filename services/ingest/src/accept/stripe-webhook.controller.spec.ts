import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Outgoing } from '@tributary/messaging';
import { metricsRegistry } from '@tributary/platform';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { IngestModule } from '../ingest.module.js';
import { loadIngestConfig } from '../ingest.config.js';
import { keepBodiesRaw } from '../raw-bodies.js';
import { eventFixtures, fixturesOf, signed } from '../testing/fixtures.js';
import type { Fixture } from '../testing/fixtures.js';

const limit = 64 * 1024;
const version = '2026-08-26.dahlia';
const endpoints = [
  { name: 'default', secrets: ['whsec_new', 'whsec_old'], livemode: false, apiVersion: version },
  { name: 'live', secrets: ['whsec_live'], livemode: true, apiVersion: version },
  { name: 'connect', secrets: ['whsec_connect'], livemode: true, account: '*', otherMode: 'drop' },
];
const publisher = {
  published: [] as Outgoing[],
  answer: async (): Promise<void> => undefined,
  problem: undefined as string | undefined,
  async publish(messages: readonly Outgoing[]): Promise<void> {
    this.published.push(...messages);
    await this.answer();
  },
  connect: async () => undefined,
  health(): string | undefined {
    return this.problem;
  },
  drain: async () => true,
  close: async () => undefined,
};
let log = '';
let app: NestFastifyApplication;

beforeAll(async () => {
  const config = loadIngestConfig({
    KAFKA_BROKERS: 'none:1',
    SCHEMA_REGISTRY_URL: 'http://none',
    STRIPE_ENDPOINTS: JSON.stringify(endpoints),
    INGEST_BODY_LIMIT_BYTES: String(limit),
    INGEST_PUBLISH_DEADLINE_MS: '100',
  });
  const logger = pino({}, new Writable({ write: (chunk, _, done) => ((log += String(chunk)), done()) }));
  const module = await Test.createTestingModule({ imports: [IngestModule.for({ config, logger, publisher })] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ bodyLimit: limit }));
  keepBodiesRaw(app, limit);
  await app.init();
});
afterAll(() => app.close());
beforeEach(() => {
  publisher.published = [];
  publisher.problem = undefined;
  publisher.answer = async () => undefined;
  log = '';
});

const nowS = (): number => Math.floor(Date.now() / 1_000);

async function deliver(
  body: Buffer,
  options: { endpoint?: string; secret?: string; signature?: string; headers?: Record<string, string> } = {},
) {
  const response = await app.inject({
    method: 'POST',
    url: `/webhooks/stripe/${options.endpoint ?? 'default'}`,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': options.signature ?? signed(body, nowS(), options.secret ?? 'whsec_new'),
      ...options.headers,
    },
    payload: body,
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    json: response.json<{ error?: string; message?: string; received?: boolean }>(),
  };
}

const fixture = (file: string): Fixture => eventFixtures().find((candidate) => candidate.file === file) as Fixture;
const charge = fixture('events/charge.succeeded.json');

it('stores every event of the fixtures byte for byte and answers 200', async () => {
  const events = eventFixtures().filter(({ json }) => json.livemode === false && json.account === undefined);
  expect(events.length).toBeGreaterThan(60);
  for (const { file, bytes } of events) expect([file, (await deliver(bytes)).status]).toEqual([file, 200]);
  expect(publisher.published.map(({ value }) => (value as Buffer).toString('hex'))).toEqual(
    events.map(({ bytes }) => bytes.toString('hex')),
  );
});

it('sets key, id, sequence and headers', async () => {
  expect((await deliver(charge.bytes)).json).toEqual({ received: true });
  expect(publisher.published[0]).toMatchObject({
    key: 'cus_upquNHnKxoIQFO',
    id: charge.json.id,
    sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
    headers: { ce_subject: 'charge.succeeded', tributary_endpoint: 'default', tributary_livemode: 'false' },
  });
  expect(publisher.published[0]?.headers).not.toHaveProperty('tributary_version_mismatch');
});

it('takes an event of another version and marks it', async () => {
  const old = fixture('recorded/stripe-sync-engine/charge.succeeded.json');
  expect(
    (await deliver(old.bytes, { endpoint: old.json.livemode ? 'live' : 'default', secret: old.json.livemode ? 'whsec_live' : 'whsec_new' }))
      .status,
  ).toBe(200);
  expect(publisher.published[0]?.headers).toMatchObject({ tributary_version_mismatch: '2020-03-02' });
});

it.each(['whsec_new', 'whsec_old'])('takes every live secret: %s', async (secret) => {
  expect((await deliver(charge.bytes, { secret })).status).toBe(200);
});

it.each<[string, () => Promise<{ status: number; json: { error?: string } }>, number, string]>([
  ['a secret of another endpoint', () => deliver(charge.bytes, { secret: 'whsec_live' }), 400, 'stripe.signature-mismatch'],
  ['no signature', () => deliver(charge.bytes, { signature: '' }), 400, 'stripe.signature-missing'],
  [
    'an old signature',
    () => deliver(charge.bytes, { signature: signed(charge.bytes, nowS() - 302, 'whsec_new') }),
    400,
    'stripe.signature-too-old',
  ],
  [
    'a signature of the future',
    () => deliver(charge.bytes, { signature: signed(charge.bytes, nowS() + 310, 'whsec_new') }),
    400,
    'stripe.signature-from-future',
  ],
  ['an empty body', () => deliver(Buffer.alloc(0)), 400, 'stripe.body-empty'],
  ['bytes that are not UTF-8', () => deliver(Buffer.from([0x7b, 0xff, 0x7d])), 400, 'stripe.body-not-utf8'],
  ['no JSON', () => deliver(Buffer.from('{')), 400, 'stripe.body-not-json'],
  [
    'a key that stands twice, escaped once',
    () => deliver(Buffer.from('{"object":"event","type":"a.b","ty\\u0070e":"c.d"}')),
    400,
    'stripe.body-repeated-key',
  ],
  ['a byte order mark', () => deliver(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), charge.bytes])), 400, 'stripe.body-not-json'],
  ['a thin event', () => deliver((fixturesOf('thin')[0] as Fixture).bytes), 400, 'stripe.thin-event'],
  ['a bare object', () => deliver(Buffer.from('{"object":"charge"}')), 400, 'stripe.not-an-event'],
  ['test mode at a live endpoint', () => deliver(charge.bytes, { endpoint: 'live', secret: 'whsec_live' }), 400, 'stripe.wrong-mode'],
  [
    'the own account at a Connect endpoint',
    () => deliver(charge.bytes, { endpoint: 'connect', secret: 'whsec_connect' }),
    400,
    'stripe.wrong-account',
  ],
  ['an unknown endpoint', () => deliver(charge.bytes, { endpoint: 'nobody' }), 404, 'stripe.endpoint-unknown'],
  ['a content type that is none', () => deliver(charge.bytes, { headers: { 'content-type': 'nonsense' } }), 400, 'stripe.request-unusable'],
  ['a body over the limit', () => deliver(Buffer.alloc(limit + 1, 32)), 413, 'stripe.body-too-large'],
])('refuses %s', async (_, attempt, status, error) => {
  const answer = await attempt();
  expect([answer.status, answer.json.error]).toEqual([status, error]);
  expect(publisher.published).toEqual([]);
  expect(JSON.stringify(answer.json) + log).not.toMatch(/whsec_|v1=/);
});

it('answers 405 to other methods and says which one is right', async () => {
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    const response = await app.inject({ method, url: '/webhooks/stripe/default' });
    expect([response.statusCode, response.headers.allow, response.json<{ error: string }>().error]).toEqual([
      405,
      'POST',
      'stripe.method-not-allowed',
    ]);
  }
});

it('reads the bytes whatever the content type says', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'])
    expect((await deliver(charge.bytes, { headers: { 'content-type': type } })).status).toBe(200);
});

it('forgets test events at a Connect endpoint that is told to', async () => {
  const connected = Buffer.from(charge.bytes.toString('utf8').replace('"object": "event"', '"object": "event", "account": "acct_1"'));
  const answer = await deliver(connected, { endpoint: 'connect', secret: 'whsec_connect' });
  expect([answer.status, answer.json]).toEqual([200, { received: false }]);
  expect(publisher.published).toEqual([]);
});

it('masks a card number before anything is stored, and says so without it', async () => {
  const body = Buffer.from(charge.bytes.toString('utf8').replace('"description": "WEB-1001"', '"description": "card 4242 4242 4242 4242"'));
  expect(body.equals(charge.bytes)).toBe(false);
  expect((await deliver(body)).status).toBe(200);
  const [stored] = publisher.published;
  expect(stored?.headers).toMatchObject({ tributary_masked: '1: data.object.description' });
  expect((stored?.value as Buffer).toString('utf8')).toBe(body.toString('utf8').replace('4242 4242 4242 4242', '**** **** **** 4242'));
  expect(log).toContain('card numbers were masked');
  expect(log).not.toContain('4242 4242');
});

it('answers 503 with Retry-After while Kafka is away, and never 200', async () => {
  publisher.answer = () => Promise.reject(new Error('no broker'));
  const answer = await deliver(charge.bytes);
  expect([answer.status, answer.json.error, answer.headers['retry-after']]).toEqual([503, 'ingest.kafka-away', '5']);
});

it('answers 503 before hashing while the publisher knows that Kafka is away, and is not ready', async () => {
  publisher.problem = 'Kafka has taken nothing';
  await deliver(charge.bytes); // the one that finds out
  const answer = await deliver(charge.bytes, { signature: 'garbage' });
  expect([answer.status, answer.json.error]).toEqual([503, 'ingest.kafka-away']);
  const ready = await app.inject({ method: 'GET', url: '/ready' });
  expect([ready.statusCode, ready.body.includes('Kafka has taken nothing')]).toEqual([503, true]);
  expect((await app.inject({ method: 'GET', url: '/live' })).statusCode).toBe(200);
});

it('counts by endpoint and outcome; strangers make no series', async () => {
  metricsRegistry.resetMetrics();
  await deliver(charge.bytes);
  await deliver(charge.bytes, { secret: 'whsec_other' });
  await deliver(charge.bytes, { endpoint: 'stranger-1' });
  const metrics = (await app.inject({ method: 'GET', url: '/metrics' })).body;
  expect(metrics).toContain('ingest_requests_total{endpoint="default",outcome="accepted"} 1');
  expect(metrics).toContain('ingest_requests_total{endpoint="default",outcome="stripe.signature-mismatch"} 1');
  expect(metrics).toContain('ingest_requests_total{endpoint="unknown",outcome="stripe.endpoint-unknown"} 1');
  expect(metrics).toContain('ingest_secret_used_total{endpoint="default",secret="0"} 1');
  expect(metrics).not.toContain('stranger');
});

it('answers 404 elsewhere', async () => {
  expect((await app.inject({ method: 'POST', url: '/webhooks/other', payload: 'x' })).statusCode).toBe(404);
});
