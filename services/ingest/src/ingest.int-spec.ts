import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { events, topics } from '@tributary/contracts';
import { InMemorySchemaIds, KafkaPublisher, KafkaTransport, WireCodec } from '@tributary/messaging';
import type { MessageContext } from '@tributary/messaging';
import { startStack } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { startTracing } from '@tributary/platform';
import { pino } from 'pino';
import { loadIngestConfig } from './ingest.config.js';
import { IngestModule } from './ingest.module.js';
import { keepBodiesRaw } from './raw-bodies.js';
import { eventFixtures, signed } from './testing/fixtures.js';

const secret = 'whsec_integration';
const limit = 256 * 1024;
const concurrency = 64;

interface Stored {
  readonly id: string;
  readonly hex: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

let stack: Stack;
let app: NestFastifyApplication;
let url: string;
let reader: KafkaTransport;
let readerPublisher: KafkaPublisher;
const stored: Stored[] = [];

beforeAll(async () => {
  startTracing('ingest', undefined);
  stack = await startStack({ kafka: true, topics: [topics.stripeEvents], own: true });
  const config = loadIngestConfig({
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
    STRIPE_ENDPOINTS: JSON.stringify([{ name: 'default', secrets: [secret], livemode: false }]),
    INGEST_BODY_LIMIT_BYTES: String(limit),
    INGEST_PUBLISH_DEADLINE_MS: '2000',
  });
  const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'ingest', maxMessageBytes: limit + 65_536 });
  const logger = pino({ level: 'silent' });
  app = await NestFactory.create<NestFastifyApplication>(
    IngestModule.for({ config, logger, publisher }),
    new FastifyAdapter({ bodyLimit: limit }),
    { logger: false },
  );
  keepBodiesRaw(app, limit);
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = await app.getUrl();
  await publisher.connect();

  readerPublisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'reader' });
  reader = new KafkaTransport({
    brokers: stack.brokers,
    clientId: 'reader',
    groupId: 'ingest-int-spec',
    topics: [topics.stripeEvents],
    codec: new WireCodec(new InMemorySchemaIds()),
    publisher: readerPublisher,
  });
  reader.addHandler(
    events.stripeEventReceived.type,
    async (value: Buffer, context?: MessageContext) => {
      stored.push({
        id: context?.eventId ?? '',
        hex: Buffer.from(value).toString('hex'),
        key: context?.key ?? '',
        headers: context?.headers ?? {},
      });
    },
    true,
  );
  reader.listen(() => undefined);
});
afterAll(async () => {
  await app?.close();
  await reader?.close();
  await readerPublisher?.close();
  await stack?.stop();
});

async function deliver(body: Buffer): Promise<Response> {
  return fetch(`${url}/webhooks/stripe/default`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signed(body, Math.floor(Date.now() / 1_000), secret) },
    body: new Uint8Array(body),
  });
}

/** Works through a list, `concurrency` at a time. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const one = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, one));
}

async function until(condition: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

function anEvent(id: string): Buffer {
  const event = { id, object: 'event', type: 'charge.succeeded', created: 1_788_276_642, livemode: false, api_version: null };
  return Buffer.from(
    JSON.stringify({ ...event, data: { object: { object: 'charge', id: `ch_${id}`, customer: `cus_${id.length % 7}` } } }),
  );
}

it('stores what was delivered byte for byte, duplicates included, 64 at a time', async () => {
  const bodies = eventFixtures()
    .filter(({ json }) => json.livemode === false && json.account === undefined && json.api_version === '2026-08-26.dahlia')
    .map(({ bytes }) => bytes);
  expect(bodies.length).toBeGreaterThan(50);
  const deliveries = [...bodies, ...bodies, ...bodies];
  const statuses: number[] = [];
  await inParallel(deliveries, async (body) => void statuses.push((await deliver(body)).status));
  expect(statuses.filter((status) => status !== 200)).toEqual([]);

  await until(() => stored.length >= deliveries.length, 30_000);
  expect(stored.map(({ hex }) => hex).sort()).toEqual(deliveries.map((body) => body.toString('hex')).sort());
  expect(stored.find(({ headers }) => headers.ce_subject === 'charge.succeeded')?.headers).toMatchObject({
    ce_type: 'stripe.event-received',
    ce_specversion: '1.0',
    tributary_endpoint: 'default',
    traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-/) as string,
  });
});

/** Sends raw bytes and returns what comes back before the connection ends or falls silent. */
function raw(request: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host: '127.0.0.1', port: (app.getHttpServer().address() as AddressInfo).port },
      () => void socket.write(request),
    );
    let answer = '';
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    );
  });
}

const head = 'POST /webhooks/stripe/default HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nStripe-Signature: t=1,v1=0\r\n';

it('answers 413 by the announced length, before the body is read', async () => {
  const answer = await raw(`${head}Content-Length: 104857600\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/connection: close/i);
  expect(answer).toContain('stripe.body-too-large');
});

it('answers 413 to a body of unknown length as soon as it is too long', async () => {
  const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
  expect(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(5)}`)).toMatch(/^HTTP\/1\.1 413 /);
});

it.each([
  ['no HTTP', 'nonsense\r\n\r\n'],
  ['two lengths', `${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
  ['a negative length', `${head}Content-Length: -1\r\n\r\n`],
  ['length and chunks', `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a broken path', 'POST /webhooks/stripe/%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'],
])('answers 400 to %s', async (_, request) => {
  expect(await raw(request)).toMatch(/^HTTP\/1\.1 400 /);
});

it('answers 503 while the broker is dead, recovers, and loses nothing that it acknowledged', async () => {
  const acknowledged: string[] = [];
  const refused = new Map<number, number>();
  const send = async (id: string): Promise<void> => {
    const response = await deliver(anEvent(id)).catch(() => undefined);
    if (response?.status === 200) acknowledged.push(id);
    else refused.set(response?.status ?? 0, (refused.get(response?.status ?? 0) ?? 0) + 1);
    if (response?.status === 503) expect(response.headers.get('retry-after')).toBe('5');
  };
  const ids = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => `evt_${name}_${index}`);

  // Deliveries are under way when the broker dies.
  const underWay = inParallel(ids('dying', 2_000), send);
  await until(() => acknowledged.length > 200, 10_000);
  await stack.broker.kill9();
  await underWay;
  await inParallel(ids('dead', 100), send);
  expect(acknowledged.filter((id) => id.startsWith('evt_dead'))).toEqual([]);
  expect([...refused.keys()]).toEqual([503]);
  expect((await fetch(`${url}/ready`)).status).toBe(503);
  expect((await fetch(`${url}/live`)).status).toBe(200);

  await stack.broker.start();
  await until(() => false, 1_000);
  for (let attempt = 0; attempt < 60 && (await deliver(anEvent('evt_probe'))).status !== 200; attempt += 1) await until(() => false, 500);
  await inParallel(ids('again', 200), send);
  expect(acknowledged.filter((id) => id.startsWith('evt_again'))).toHaveLength(200);
  expect((await fetch(`${url}/ready`)).status).toBe(200);

  const missing = (): string[] => {
    const found = new Set(stored.map(({ id }) => id));
    return acknowledged.filter((id) => !found.has(id));
  };
  // A reader that lost its connection joins anew, and the group waits for its old membership to end: half a minute, on a busy machine more than one.
  await until(() => missing().length === 0, 180_000);
  expect(missing()).toEqual([]);
}, 300_000);
