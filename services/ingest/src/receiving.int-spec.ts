import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Outgoing } from '@tributary/messaging';
import { httpAdapter } from '@tributary/platform';
import { pino } from 'pino';
import { loadIngestConfig } from './ingest.config.js';
import { IngestModule } from './ingest.module.js';
import { prepareReceiving } from './raw-bodies.js';
import { signed } from './testing/fixtures.js';

const secret = 'whsec_receiving';
const published: Outgoing[] = [];
const publisher = {
  publish: async (messages: readonly Outgoing[]) => void published.push(...messages),
  connect: async () => undefined,
  health: () => undefined,
  drain: async () => true,
  close: async () => undefined,
};
let app: NestFastifyApplication;
let port: number;
const config = loadIngestConfig({
  KAFKA_BROKERS: 'none:1',
  SCHEMA_REGISTRY_URL: 'http://none',
  STRIPE_ENDPOINTS: JSON.stringify([{ name: 'default', secrets: [secret], livemode: false }]),
  INGEST_MAX_IN_FLIGHT_BYTES: '1048576',
});

beforeAll(async () => {
  const adapter = httpAdapter({ headersTimeoutMs: 500, requestTimeoutMs: 5_000, maxConnections: 100 }, config.INGEST_BODY_LIMIT_BYTES);
  const module = IngestModule.for({ config, logger: pino({ level: 'silent' }), publisher });
  app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false });
  prepareReceiving(app, config);
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(await app.getUrl()).port);
});
afterAll(() => app.close());

interface Client {
  readonly socket: Socket;
  readonly answer: () => string;
  readonly ended: Promise<string>;
}

function client(text: string | Buffer): Client {
  const socket = connect(port, '127.0.0.1', () => void socket.write(text));
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(answer)).on('error', () => undefined));
  return { socket, answer: () => answer, ended };
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition();) {
    if (Date.now() > end) throw new Error('not so after 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const body = Buffer.from(
  JSON.stringify({
    ...{ id: 'evt_1', object: 'event', type: 'charge.succeeded', created: 1_788_276_642, livemode: false, api_version: null },
    data: { object: { object: 'charge', id: 'ch_1', customer: 'cus_1' } },
  }),
);
const post = (headers: string, length: number | string): string =>
  `POST /webhooks/stripe/default HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}Content-Length: ${length}\r\n\r\n`;
const signature = (): string => `Stripe-Signature: ${signed(body, Math.floor(Date.now() / 1_000), secret)}\r\n`;
const deliver = (): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/webhooks/stripe/default`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signed(body, Math.floor(Date.now() / 1_000), secret) },
    body: new Uint8Array(body),
  });

it('answers a delivery without a signature before its body comes, and closes the connection', async () => {
  const answer = await client(post('', 1_000_000)).ended;
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('stripe.signature-missing');
  expect(answer).toMatch(/connection: close/i);
});

it('holds no more bytes of bodies that are coming than it may, and takes deliveries again when they are gone', async () => {
  // Signed or not is only known at the end: each of these sends most of a body, and then nothing.
  const slow = Array.from({ length: 3 }, () => client(Buffer.concat([Buffer.from(post(signature(), 400_000)), Buffer.alloc(340_000, 32)])));
  const refused = (): Client[] => slow.filter(({ answer }) => answer() !== '');
  await until(() => slow.every(({ socket }) => socket.bytesWritten > 340_000));
  const more = client(Buffer.concat([Buffer.from(post(signature(), 400_000)), Buffer.alloc(340_000, 32)]));
  await until(() => [...refused(), ...(more.answer() === '' ? [] : [more])].length > 0);
  const [answer] = [...refused(), more].map((one) => one.answer()).filter((text) => text !== '');
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toContain('ingest.busy');
  expect(answer).toMatch(/retry-after: 5/i);
  for (const { socket } of [...slow, more]) socket.destroy();
  await Promise.all([...slow, more].map(({ ended }) => ended));
  await until(() => true);
  expect((await deliver()).status).toBe(200);
});

it('takes nothing from others for what is only announced', async () => {
  const announcing = Array.from({ length: 20 }, () => client(post(signature(), 1_000_000)));
  await until(() => announcing.every(({ socket }) => socket.bytesWritten > 100));
  expect((await deliver()).status).toBe(200);
  for (const { socket } of announcing) socket.destroy();
});

it('refuses a body that is nested without end before it is parsed', async () => {
  const nested = Buffer.from(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
  const answer = await fetch(`http://127.0.0.1:${port}/webhooks/stripe/default`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signed(nested, Math.floor(Date.now() / 1_000), secret) },
    body: new Uint8Array(nested),
  });
  expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([400, 'stripe.body-nested']);
});

it('goes on serving after all that, and still keeps connections open between deliveries', async () => {
  const kept = client(Buffer.concat([Buffer.from(post(signature(), body.length)), body]));
  await until(() => kept.answer().includes('"received":true'));
  kept.socket.write(Buffer.concat([Buffer.from(post(signature(), body.length)), body]));
  await until(() => kept.answer().split('"received":true').length === 3);
  kept.socket.destroy();
  expect(published.length).toBeGreaterThan(3);
});
