import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import fastify from 'fastify';
import { Kafka, logLevel } from 'kafkajs';
import type { Message } from 'kafkajs';

/**
 * The shortest script that does what a webhook receiver must: verify, parse, write with acks=all, answer. Fastify and kafkajs as they come,
 * and one request at a time, with everything that arrived meanwhile in the next. Nothing of ours is imported.
 */
const { FLOOR_PORT: port = '', FLOOR_BROKER: broker = '', FLOOR_SECRET: text = '' } = process.env;
const secret = createSecretKey(text, 'utf8');
const producer = new Kafka({ clientId: 'floor', brokers: [broker], logLevel: logLevel.NOTHING }).producer({
  idempotent: true,
  maxInFlightRequests: 1,
});
await producer.connect();

interface Waiting {
  readonly message: Message;
  resolve(): void;
  reject(error: unknown): void;
}
let waiting: Waiting[] = [];
let sending = false;

async function pump(): Promise<void> {
  for (; waiting.length > 0;) {
    const batch = waiting;
    waiting = [];
    try {
      await producer.send({ topic: 'floor', acks: -1, messages: batch.map(({ message }) => message) });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  sending = false;
}

function written(message: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ message, resolve, reject });
    if (sending) return;
    sending = true;
    setImmediate(() => void pump());
  });
}

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.get('/ready', () => ({ status: 'ok' }));
app.post('/webhooks/stripe', async (request, reply) => {
  const body = request.body as Buffer;
  const [, time = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['stripe-signature'])) ?? [];
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  if (given === '' || !timingSafeEqual(Buffer.from(given, 'hex'), expected)) return reply.code(400).send({ received: false });
  const event = JSON.parse(body.toString('utf8')) as { data: { object: { customer: string } } };
  await written({ key: event.data.object.customer, value: body });
  return { received: true };
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.on('SIGTERM', () => void app.close().then(() => producer.disconnect()));
