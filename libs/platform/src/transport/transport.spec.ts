import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessTokens } from './access-token.js';
import { connectionFault, connectionProblem } from './connection-problem.js';
import { databaseFilesOf } from './database.environment.js';
import { kafkaSecurityOf } from './kafka-security.js';
import { registryFetchOf } from './registry-access.js';

const pem = (name: string): string => join(import.meta.dirname, '../testing/certificates', name);
const silent = (): void => undefined;

describe('what production refuses', () => {
  const prod = { TRIBUTARY_ENVIRONMENT: 'prod' };
  const registry = { ...prod, SCHEMA_REGISTRY_URL: 'http://registry:8080' };
  const database = { ...prod, DATABASE_URL: 'postgres://x@y/z' };
  it('is every plaintext connection that ALLOW_PLAINTEXT does not name', () => {
    expect(() => kafkaSecurityOf(prod, silent)).toThrow('the connection to kafka is not protected, in production: set KAFKA_TLS=true');
    expect(() => registryFetchOf(registry)).toThrow('the connection to registry is not protected');
    expect(() => databaseFilesOf(database)).toThrow('the connection to postgresql is not protected');
    const allowed = { ALLOW_PLAINTEXT: 'kafka,registry,postgresql' };
    expect(kafkaSecurityOf({ ...prod, ...allowed }, silent)).toEqual({});
    registryFetchOf({ ...registry, ...allowed });
    databaseFilesOf({ ...database, ...allowed });
    expect(() => kafkaSecurityOf({ ...prod, ALLOW_PLAINTEXT: 'registry,postgresql' }, silent)).toThrow('kafka');
  });
  it('is nothing that is protected, and nothing elsewhere', () => {
    expect(kafkaSecurityOf({ ...prod, KAFKA_TLS: true }, silent)).toMatchObject({ ssl: { rejectUnauthorized: true } });
    registryFetchOf({ ...prod, SCHEMA_REGISTRY_URL: 'https://registry' });
    databaseFilesOf({ ...prod, DATABASE_URL: 'postgres://x@y/z?application_name=a&sslmode=verify-full' });
    expect(() => databaseFilesOf({ ...prod, DATABASE_URL: 'postgres://x@y/z?sslmode=disable' })).toThrow('postgresql');
    expect(kafkaSecurityOf({}, silent)).toEqual({});
  });
});

it.each([
  [{ KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }, 'shows the password: set KAFKA_TLS=true'],
  [{ KAFKA_TLS: true, KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_PASSWORD: 'p' }, 'KAFKA_USERNAME is missing'],
  [{ KAFKA_TLS: true, KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'u' }, 'KAFKA_PASSWORD: set it'],
  [{ KAFKA_SASL_MECHANISM: 'oauthbearer', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }, 'KAFKA_OAUTH_TOKEN_URL is missing'],
  [{ KAFKA_CA_FILE: 'x' }, 'set KAFKA_TLS=true'],
  [{ KAFKA_TLS: true, KAFKA_CLIENT_CERT_FILE: 'x' }, 'KAFKA_CLIENT_CERT_FILE and KAFKA_CLIENT_KEY_FILE: set both or neither'],
  [{ KAFKA_TLS: true, KAFKA_CA_FILE: '/nowhere/ca.pem' }, '/nowhere/ca.pem: cannot be read'],
] as const)('refuses the variables %j at start', (config, problem) => {
  expect(() => kafkaSecurityOf(config, silent)).toThrow(problem);
});

it('reads certificates and password again for every connection that asks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
  const [cert, key, password] = ['cert', 'key', 'password'].map((name) => join(folder, name)) as [string, string, string];
  const become = (who: string): void => {
    writeFileSync(cert, readFileSync(pem(`client-${who}.pem`)));
    writeFileSync(key, readFileSync(pem(`client-${who}.key.pem`)));
    writeFileSync(password, `of ${who}\n`);
  };
  become('one');
  const files = { KAFKA_CLIENT_CERT_FILE: cert, KAFKA_CLIENT_KEY_FILE: key, KAFKA_PASSWORD_FILE: password };
  const security = kafkaSecurityOf({ KAFKA_TLS: true, KAFKA_SASL_MECHANISM: 'scram-sha-256', KAFKA_USERNAME: 'u', ...files }, silent);
  const now = (): object => ({ cert: { ...security.ssl }.cert, password: (security.sasl as { password: string }).password });
  expect(now()).toEqual({ cert: readFileSync(pem('client-one.pem'), 'utf8'), password: 'of one' });
  become('two');
  expect(now()).toEqual({ cert: readFileSync(pem('client-two.pem'), 'utf8'), password: 'of two' });
  rmSync(folder, { recursive: true });
});

describe('access tokens', () => {
  let [now, asked] = [0, 0];
  const server = (answer: () => Response): typeof fetch => (async () => ((asked += 1), answer())) as typeof fetch;
  const good = (): Response => Response.json({ access_token: `token-${asked}`, expires_in: 300 });
  const make = (send: typeof fetch): (() => Promise<string>) =>
    accessTokens({ url: 'https://tokens/', clientId: 'recon', clientSecret: () => 'of the client', fetch: send, now: () => now });
  beforeEach(() => void ([now, asked] = [0, 0]));

  it('are asked for once for all who need one, and again before the end', async () => {
    const token = make(server(good));
    expect(await Promise.all([token(), token(), token()])).toEqual(['token-1', 'token-1', 'token-1']);
    now = 269_000;
    expect(await token()).toBe('token-1');
    now = 270_000;
    expect([await token(), asked]).toEqual(['token-2', 2]);
  });

  it.each([
    [() => new Response('', { status: 401 }), 'credentials: no token from https://tokens/: it answered 401 to client recon'],
    [() => new Response('', { status: 503 }), 'address: no token'],
    [() => Response.json({}), 'address: no token'],
  ])('that are not given say why, and are asked for again', async (answer, problem) => {
    const token = make(server(answer));
    await expect(token()).rejects.toThrow(problem);
    await expect(token()).rejects.toThrow(problem);
    expect(asked).toBe(2);
  });
});

describe('the schema registry', () => {
  let server: Server;
  let url: string;
  const seen: (string | undefined)[] = [];
  beforeAll(async () => {
    const tls = { key: readFileSync(pem('server.key.pem')), cert: readFileSync(pem('server.pem')), ca: readFileSync(pem('ca.pem')) };
    server = createServer({ ...tls, requestCert: true, rejectUnauthorized: false }, (request, response) => {
      seen.push(request.headers.authorization);
      response.end('subject' in (request.socket as TLSSocket).getPeerCertificate() ? 'known' : 'stranger');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('is called with its authority, our certificate, and a user or a token', async () => {
    const config = { SCHEMA_REGISTRY_URL: url, SCHEMA_REGISTRY_CA_FILE: pem('ca.pem'), SCHEMA_REGISTRY_PASSWORD: 'secret' };
    const own = { SCHEMA_REGISTRY_CLIENT_CERT_FILE: pem('client-one.pem'), SCHEMA_REGISTRY_CLIENT_KEY_FILE: pem('client-one.key.pem') };
    expect(await (await registryFetchOf({ ...config, ...own })(url)).text()).toBe('known');
    expect(await (await registryFetchOf({ ...config, SCHEMA_REGISTRY_USERNAME: 'recon' })(url)).text()).toBe('stranger');
    expect(seen).toEqual(['Bearer secret', `Basic ${Buffer.from('recon:secret').toString('base64')}`]);
  });

  it('is not believed without its authority', async () => {
    const problem = await registryFetchOf({ SCHEMA_REGISTRY_URL: url })(url).catch((error: unknown) => connectionFault(error));
    expect(problem).toBe('trust');
  });
});

it.each([
  [{ code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }, 'certificate end'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'the name does not match certificate' }, 'trust'],
  [{ code: '28P01', message: 'password authentication failed for user "x"' }, 'credentials'],
  [{ code: '42501', message: 'permission denied for schema erp_sink' }, 'rights'],
  [{ type: 'TOPIC_AUTHORIZATION_FAILED', message: 'refused by the broker' }, 'rights'],
  [{ name: 'KafkaJSSASLAuthenticationError', message: 'SASL SCRAM SHA512 authentication failed' }, 'credentials'],
  [{ message: 'fetch failed', cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' } }, 'address'],
  [{ message: 'HTTP 401' }, 'credentials'],
  [{ message: 'something else' }, undefined],
] as const)('tells what of a connection was wrong: %j', (error, fault) => {
  expect(connectionFault(error)).toBe(fault);
  const text = Object.assign(new Error(error.message), error);
  expect(connectionProblem(text)).toBe(fault === undefined ? error.message : `${fault}: ${error.message}`);
});
