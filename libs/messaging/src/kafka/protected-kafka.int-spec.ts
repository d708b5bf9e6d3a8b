import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { kafkaConnectionOf } from '@tributary/platform';
import type { KafkaConnectionConfig } from '@tributary/platform';
import { pem, ProtectedBroker } from '../../test/protected-broker.js';
import { readSpans, spansOf } from './topic-reader.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { TopicAdmin } from './topic-admin.js';

const kafka = new ProtectedBroker();
const passwordFile = join(kafka.folder, 'password');
const topic = 'protected.v1';
const setPassword = (password: string): Promise<void> => kafka.setPassword('recon', password);
let brokers: string;
let mutual: string;
let unsigned: string;

beforeAll(async () => {
  await kafka.start();
  ({ scram: brokers, mutual, tokens: unsigned } = kafka);
  await setPassword('first');
  await TopicAdmin.ensureTopics({ brokers: [kafka.plain], clientId: 'test' }, [{ name: topic, partitions: 1, config: {} }]);
}, 180_000);
afterAll(() => kafka.stop());

const warnings: string[] = [];
const connectionOf = (config: Partial<KafkaConnectionConfig>): ReturnType<typeof kafkaConnectionOf> =>
  kafkaConnectionOf({ KAFKA_BROKERS: brokers, KAFKA_TLS: true, KAFKA_CA_FILE: pem('ca.pem'), ...config }, 'test', (_level, text) => {
    warnings.push(text);
  });

/** Writes a record and reads the topic with the same connection. */
async function roundTrip(config: Partial<KafkaConnectionConfig>, text: string): Promise<string[]> {
  const connection = connectionOf(config);
  const publisher = new KafkaPublisher(connection);
  await publisher.connect();
  await publisher.publishRaw([{ topic, key: null, value: Buffer.from(text), headers: {} }], { deadlineMs: 20_000 });
  await publisher.close();
  const found: string[] = [];
  const onBatch = async (_topic: string, _partition: number, messages: readonly { value: Buffer | null }[]): Promise<void> => {
    found.push(...messages.map(({ value }) => String(value)));
  };
  await readSpans({ ...connection, spans: await spansOf(connection, [topic]), onBatch });
  return found;
}

/** What a client says that does not come in. */
async function problemOf(config: Partial<KafkaConnectionConfig>): Promise<string> {
  const publisher = new KafkaPublisher(connectionOf(config));
  const connecting = publisher.connect();
  for (const end = Date.now() + 20_000; Date.now() < end && !warnings.some((text) => text.startsWith('connecting to Kafka'));)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await publisher.close();
  await connecting;
  return warnings.find((text) => text.startsWith('connecting to Kafka')) ?? 'nothing';
}
beforeEach(() => void warnings.splice(0));

const user = { KAFKA_USERNAME: 'recon', KAFKA_PASSWORD: 'first' };

it.each(['scram-sha-256', 'scram-sha-512'] as const)(
  'writes and reads over TLS, signed in by %s',
  async (mechanism) => {
    expect(await roundTrip({ ...user, KAFKA_SASL_MECHANISM: mechanism }, mechanism)).toContain(mechanism);
  },
  60_000,
);

it('writes and reads over TLS with plain, and with a certificate instead of a password', async () => {
  expect(await roundTrip({ KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'recon', KAFKA_PASSWORD: 'in the clear' }, 'plain')).toContain(
    'plain',
  );
  const client = { KAFKA_CLIENT_CERT_FILE: pem('client-one.pem'), KAFKA_CLIENT_KEY_FILE: pem('client-one.key.pem') };
  expect(await roundTrip({ KAFKA_BROKERS: mutual, ...client }, 'mutual')).toContain('mutual');
}, 60_000);

it('signs in with a token of a token server, and asks for one for all connections of a client', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.headers.authorization));
    const now = Math.floor(Date.now() / 1_000);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ sub: 'recon', iat: now, exp: now + 60 })}.`;
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ access_token: token, expires_in: 60, token_type: 'Bearer' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  const config = { KAFKA_TLS: false, KAFKA_CA_FILE: undefined, KAFKA_BROKERS: unsigned, KAFKA_SASL_MECHANISM: 'oauthbearer' as const };
  const named = { KAFKA_OAUTH_TOKEN_URL: url, KAFKA_USERNAME: 'recon', KAFKA_PASSWORD: 'of the client' };
  expect(await roundTrip({ ...config, ...named }, 'token')).toContain('token');
  expect(asked).toEqual([`Basic ${Buffer.from('recon:of%20the%20client').toString('base64')}`]);
  server.close();
  server.closeAllConnections();
}, 60_000);

it('takes a password that was changed in its file for the next connection', async () => {
  writeFileSync(passwordFile, 'first\n');
  const config = { KAFKA_SASL_MECHANISM: 'scram-sha-512' as const, KAFKA_USERNAME: 'recon', KAFKA_PASSWORD_FILE: passwordFile };
  const connection = connectionOf(config);
  const write = async (text: string): Promise<void> => {
    const publisher = new KafkaPublisher(connection); // a new client, the same connection options
    await publisher.connect();
    await publisher.publishRaw([{ topic, key: null, value: Buffer.from(text), headers: {} }], { deadlineMs: 20_000 });
    await publisher.close();
  };
  await write('before');
  await setPassword('second');
  writeFileSync(passwordFile, 'second\n');
  await write('after');
  await setPassword('first');
}, 90_000);

it.each<[string, () => Partial<KafkaConnectionConfig>, RegExp]>([
  ['credentials', () => ({ ...user, KAFKA_PASSWORD: 'not-this-one', KAFKA_SASL_MECHANISM: 'scram-sha-512' }), /: credentials: /],
  ['trust', () => ({ ...user, KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_CA_FILE: undefined }), /: trust: /],
  ['address', () => ({ ...user, KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_BROKERS: '127.0.0.1:1' }), /: address: /],
])(
  'says that it is about %s, and shows no password',
  async (_, config, expected) => {
    const text = await problemOf(config());
    expect(text).toMatch(expected);
    expect(text).not.toContain('not-this-one');
  },
  60_000,
);
