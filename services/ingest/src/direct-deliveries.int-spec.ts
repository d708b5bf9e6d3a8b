import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Outgoing } from '@tributary/messaging';
import { answerHeadersOf, httpAdapter, metricsRegistry, secureHttp } from '@tributary/platform';
import { pino } from 'pino';
import { loadIngestConfig } from './ingest.config.js';
import { IngestModule } from './ingest.module.js';
import { prepareDirectReceiving, prepareReceiving } from './raw-bodies.js';
import { signed } from './testing/fixtures.js';

/** The same ingest twice: as it runs, and with the framework alone, which is the oracle. */
const secret = 'whsec_direct';
const limit = 65_536;
const config = loadIngestConfig({
  KAFKA_BROKERS: 'none:1',
  SCHEMA_REGISTRY_URL: 'http://none',
  STRIPE_ENDPOINTS: JSON.stringify([
    { name: 'default', secrets: ['whsec_newer', secret], livemode: false, apiVersion: '2026-08-26.dahlia' },
    { name: 'live', secrets: [secret], livemode: true, otherMode: 'drop' },
  ]),
  INGEST_BODY_LIMIT_BYTES: String(limit),
  INGEST_MAX_IN_FLIGHT_BYTES: '1048576',
});

class Ingest {
  readonly published: Outgoing[] = [];
  lines: Record<string, unknown>[] = [];
  /** Requests that came, and those that the framework saw. */
  came = 0;
  seen = 0;
  isEachRequestLogged = false;
  isClosing = false;
  durable = (): Promise<void> => Promise.resolve();
  private app!: NestFastifyApplication;
  private port = 0;

  async start(isDirect: boolean): Promise<this> {
    const publisher = {
      publish: async (messages: readonly Outgoing[]) => {
        await this.durable();
        this.published.push(...messages);
      },
      connect: async () => undefined,
      health: () => undefined,
      drain: async () => true,
      close: async () => undefined,
    };
    const keep = new Writable({
      write: (line, _, done) => {
        this.lines.push(JSON.parse(String(line)) as Record<string, unknown>);
        done();
      },
    });
    const adapter = httpAdapter({ headersTimeoutMs: 5_000, requestTimeoutMs: 60_000, maxConnections: 100 }, limit);
    const module = IngestModule.for({ config, logger: pino({}, keep), publisher });
    this.app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false });
    await secureHttp(this.app, { host: '127.0.0.1', port: 0, allowedHosts: 'any', overTls: true });
    const instance = this.app.getHttpAdapter().getInstance();
    instance.addHook('onRequest', (_request, _reply, next) => {
      this.seen += 1;
      next();
    });
    instance.addHook('preClose', (next) => {
      this.isClosing = true;
      next();
    });
    const parts = { headers: answerHeadersOf(true), isEachRequestLogged: () => this.isEachRequestLogged };
    if (isDirect) prepareDirectReceiving(this.app, config, parts);
    else prepareReceiving(this.app, config);
    instance.server.on('request', () => (this.came += 1));
    await this.app.listen({ host: '127.0.0.1', port: 0 });
    this.port = Number(new URL(await this.app.getUrl()).port);
    return this;
  }

  /** Sends parts, each once the one before has gone out. */
  open(...parts: Buffer[]): Client {
    return new Client(connect(this.port, '127.0.0.1'), parts);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

class Client {
  received = '';
  readonly ended: Promise<string>;

  constructor(
    readonly socket: Socket,
    parts: readonly Buffer[],
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => (this.received += chunk.toString()));
    this.ended = new Promise((resolve) => socket.on('close', () => resolve(this.received)).on('error', () => undefined));
    void (async () => {
      for (const part of parts) {
        await new Promise((sent) => socket.write(part, sent));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
  }

  /** Answers that came, without the date. */
  async answers(count = 1): Promise<string> {
    await until(() => this.received.split('HTTP/1.1 ').length > count && /\}$/.test(this.received));
    return this.received.replaceAll(/^date: .*\r\n/gim, '');
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !condition();) {
    if (Date.now() > end) throw new Error('not so after 30 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const event = (changes: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      ...{
        id: 'evt_1',
        object: 'event',
        type: 'charge.succeeded',
        created: 1_788_276_642,
        livemode: false,
        api_version: '2026-08-26.dahlia',
      },
      data: { object: { object: 'charge', id: 'ch_1', customer: 'cus_1', description: 'Grüße' } },
      ...changes,
    }),
  );
const nowS = (): number => Math.floor(Date.now() / 1_000);

interface Sent {
  readonly body?: Buffer;
  readonly line?: string;
  readonly signature?: string | null;
  readonly type?: string | null;
  readonly length?: string;
  readonly more?: string;
}

function request({ body = event(), line = 'POST /webhooks/stripe/default HTTP/1.1', length, more = '', ...sent }: Sent = {}): Buffer {
  const { signature = signed(body, nowS(), secret), type = 'application/json; charset=utf-8' } = sent;
  const head = [
    ...[line, 'Host: x', ...(type === null ? [] : [`Content-Type: ${type}`])],
    ...(signature === null ? [] : [`Stripe-Signature: ${signature}`]),
    ...[length ?? `Content-Length: ${body.length}`, ...(more === '' ? [] : [more])],
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

let direct: Ingest;
let framework: Ingest;
beforeAll(async () => {
  direct = await new Ingest().start(true);
  framework = await new Ingest().start(false);
});
afterAll(async () => {
  await direct.close();
  await framework.close();
});

/** A line of the log without when and by which calls it was written. */
const withoutPlace = (line: object): unknown =>
  JSON.parse(JSON.stringify(line, (name, value: unknown) => (['time', 'ms', 'stack'].includes(name) ? undefined : value)));

/** All that a delivery leaves behind: its answer, what was published, log lines and metrics. */
async function traceOf(ingest: Ingest, work: (ingest: Ingest) => Promise<string>): Promise<unknown> {
  metricsRegistry.resetMetrics();
  ingest.published.length = 0;
  ingest.lines = [];
  const answer = await work(ingest);
  const metrics = (await metricsRegistry.metrics())
    .split('\n')
    .filter((text) => /^ingest_\w+_(?:total|count)\b|^ingest_body_bytes/.test(text));
  return {
    answer,
    metrics,
    lines: ingest.lines.map(withoutPlace),
    published: ingest.published.map(({ value, headers: { tributary_received_at: _, ...headers } = {}, ...rest }) => ({
      ...rest,
      headers,
      value: (value as Buffer).toString('hex'),
    })),
  };
}

/** The same from both. @returns whether the framework saw the request at the one that need not show it. */
async function alike(work: (ingest: Ingest) => Promise<string>): Promise<boolean> {
  const before = direct.seen;
  expect(await traceOf(direct, work)).toEqual(await traceOf(framework, work));
  return direct.seen > before;
}

const chunked = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);

it.each<[string, () => Buffer]>([
  ['a delivery', () => request()],
  ['one without charset', () => request({ type: 'application/json' })],
  ['one of 40 kB', () => request({ body: event({ filler: 'x'.repeat(40_000) }) })],
  [
    'a masked card number',
    () => request({ body: event({ data: { object: { object: 'charge', description: 'card 4242 4242 4242 4242' } } }) }),
  ],
  ['another version', () => request({ body: event({ api_version: '2020-03-02' }) })],
  ['another mode, which is dropped', () => request({ line: 'POST /webhooks/stripe/live HTTP/1.1' })],
  ['a wrong signature', () => request({ signature: signed(event(), nowS(), 'whsec_other') })],
  ['an old signature', () => request({ signature: signed(event(), nowS() - 1_000, secret) })],
  ['a signature that is none', () => request({ signature: 'nonsense' })],
  ['no JSON', () => request({ body: Buffer.from('{"a"') })],
  ['no UTF-8', () => request({ body: Buffer.from([0x7b, 0xff]) })],
  ['no event', () => request({ body: Buffer.from('{"object":"charge"}') })],
  ['a connection that is to be closed', () => request({ more: 'Connection: close' })],
  ['an announced body', () => request({ more: 'Expect: 100-continue' })],
])('answers %s as the framework would, without it', async (_, made) => {
  const bytes = made();
  expect(await alike((ingest) => ingest.open(bytes).answers())).toBe(false);
  // Also when it comes in pieces.
  const pieces = [bytes.subarray(0, 60), bytes.subarray(60, bytes.length - 30), bytes.subarray(bytes.length - 30)];
  expect(await alike((ingest) => ingest.open(...pieces).answers())).toBe(false);
});

it.each<[string, () => Buffer]>([
  ['a query', () => request({ line: 'POST /webhooks/stripe/default?x=1 HTTP/1.1' })],
  ['an escaped path', () => request({ line: 'POST /webhooks/stripe/d%65fault HTTP/1.1' })],
  ['an unknown endpoint', () => request({ line: 'POST /webhooks/stripe/other HTTP/1.1' })],
  ['no endpoint', () => request({ line: 'POST /webhooks/stripe/ HTTP/1.1' })],
  ['another method', () => request({ line: 'PUT /webhooks/stripe/default HTTP/1.1' })],
  ['an old HTTP', () => request({ line: 'POST /webhooks/stripe/default HTTP/1.0' })],
  ['another type', () => request({ type: 'text/plain' })],
  ['a type that is none', () => request({ type: 'nonsense' })],
  ['no type', () => request({ type: null })],
  ['no signature', () => request({ signature: null })],
  ['an empty signature', () => request({ signature: '' })],
  ['an empty body', () => request({ body: Buffer.alloc(0) })],
  ['a body beyond the limit', () => request({ body: Buffer.alloc(limit + 1, 32) })],
  [
    'a body of unknown length',
    () => request({ body: chunked(event()), signature: signed(event(), nowS(), secret), length: 'Transfer-Encoding: chunked' }),
  ],
])('leaves a request with %s to the framework', async (_, made) => {
  const bytes = made();
  expect(await alike((ingest) => ingest.open(bytes).answers())).toBe(true);
});

it('leaves every request to the framework while each is to be logged', async () => {
  direct.isEachRequestLogged = true;
  expect(await alike((ingest) => ingest.open(request()).answers())).toBe(true);
  direct.isEachRequestLogged = false;
});

it('answers 503 as the framework would while Kafka is away', async () => {
  for (const one of [direct, framework]) one.durable = () => Promise.reject(new Error('no broker'));
  expect(await alike((ingest) => ingest.open(request()).answers())).toBe(false);
  for (const one of [direct, framework]) one.durable = () => Promise.resolve();
  expect(await alike((ingest) => ingest.open(request()).answers())).toBe(false);
});

it('answers deliveries of one connection in their order, and mixes up no bodies', async () => {
  const bodies = ['evt_a', 'evt_b', 'evt_c'].map((id) => event({ id }));
  const bytes = [...bodies.map((body) => request({ body })), request({ line: 'POST /webhooks/stripe/other HTTP/1.1' })];
  await alike((ingest) => ingest.open(Buffer.concat(bytes)).answers(4));
  expect(direct.published.map(({ value }) => (value as Buffer).toString())).toEqual(bodies.map(String));
});

it('tells of a client that goes before its body has come as the framework would', async () => {
  const isFramework = await alike(async (ingest) => {
    const bytes = request({ more: 'Expect: 100-continue' });
    const client = ingest.open(bytes.subarray(0, bytes.length - 30));
    await until(() => client.received.includes(' 100 '));
    client.socket.destroy();
    await until(() => ingest.lines.length > 0);
    return client.ended;
  });
  expect([isFramework, direct.lines[0]?.outcome]).toEqual([false, 'stripe.request-unusable']);
});

it('holds no more bytes of bodies that are coming than it may, and takes deliveries again when they are gone', async () => {
  const large = event({ filler: 'x'.repeat(limit - 500) });
  const bytes = request({ body: large });
  const clients = Array.from({ length: 20 }, () => direct.open(bytes.subarray(0, bytes.length - 30)));
  const refused = (): Client[] => clients.filter(({ received }) => received !== '');
  await until(() => refused().length > 0);
  const answer = await (refused()[0] as Client).ended;
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toContain('ingest.busy');
  expect(answer).toMatch(/retry-after: 5/i);
  for (const { socket } of clients) socket.destroy();
  await Promise.all(clients.map(({ ended }) => ended));
  const taken = async (): Promise<boolean> => (await direct.open(request()).answers()).startsWith('HTTP/1.1 200 ');
  for (let attempt = 0; attempt < 100 && !(await taken()); attempt += 1);
  expect(await taken()).toBe(true);
});

it('takes a delivery whose client goes before its answer, and goes on', async () => {
  let acknowledge: (() => void) | undefined;
  direct.durable = () => new Promise((resolve) => (acknowledge = resolve));
  direct.published.length = 0;
  const client = direct.open(request());
  await until(() => acknowledge !== undefined);
  client.socket.destroy();
  await client.ended;
  direct.durable = () => Promise.resolve();
  acknowledge?.();
  await until(() => direct.published.length === 1);
  expect(await direct.open(request()).answers()).toMatch(/^HTTP\/1\.1 200 /);
});

it('while it closes it answers what it has begun, and refuses what comes then as the framework does', async () => {
  const closing = async (isDirect: boolean): Promise<string> => {
    const ingest = await new Ingest().start(isDirect);
    let acknowledge: (() => void) | undefined;
    ingest.durable = () => new Promise((resolve) => (acknowledge = resolve));
    const client = ingest.open(request());
    await until(() => acknowledge !== undefined);
    const closed = ingest.close();
    await until(() => ingest.isClosing);
    client.socket.write(request());
    await until(() => ingest.came === 2);
    acknowledge?.();
    const answers = await client.answers(2);
    await closed;
    return answers;
  };
  const answers = await closing(true);
  expect(answers).toBe(await closing(false));
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503']);
});
