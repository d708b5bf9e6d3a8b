import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { Server } from 'node:tls';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { httpAdapter } from '../http/http-server.js';
import { certificateEndWarning, logRefusedCallers, serverTlsOf } from '../http/server-tls.js';
import { RevocationList } from '../identity/revocation-list.js';
import { serviceFetchOf, serviceProblem } from './service-fetch.js';
import type { ServiceTlsConfig } from './service-tls.environment.js';

/** Two services: one that is called, over TLS, and one that calls it as all callers of services do. */
@Controller('counts')
class CountsController {
  @Get()
  counts(): { posted: number } {
    return { posted: 3 };
  }
}
@Module({ controllers: [CountsController] })
class CalledModule {}

const made = (name: string): string => join(import.meta.dirname, '../testing/certificates', name);
const folder = mkdtempSync(join(tmpdir(), 'service-tls-'));
const at = (name: string): string => join(folder, name);
const files = {
  HTTP_TLS_CERT_FILE: at('server.pem'),
  HTTP_TLS_KEY_FILE: at('server.key.pem'),
  HTTP_TLS_CLIENT_CA_FILE: made('services/ca.pem'),
};
const caller: ServiceTlsConfig = {
  SERVICE_CA_FILE: made('services/ca.pem'),
  SERVICE_CLIENT_CERT_FILE: made('services/client.pem'),
  SERVICE_CLIENT_KEY_FILE: made('services/client.key.pem'),
};
const warnings: string[] = [];
let refused: string[] = [];
/** Each case is later than the last by more than the time for which a reason is not logged again. */
let nowMs = 0;
let called: NestFastifyApplication;
let url: string;

/** Puts the certificate of a server where the called service reads it. */
function become(who: string): void {
  copyFileSync(made(`services/${who}.pem`), files.HTTP_TLS_CERT_FILE);
  copyFileSync(made(`services/${who}.key.pem`), files.HTTP_TLS_KEY_FILE);
}

beforeAll(async () => {
  become('server');
  const tls = serverTlsOf(files, (text) => void warnings.push(text));
  called = await NestFactory.create<NestFastifyApplication>(CalledModule, httpAdapter(undefined, undefined, tls), { logger: false });
  await called.listen({ host: '127.0.0.1', port: 0 });
  logRefusedCallers(
    called.getHttpServer() as unknown as Server,
    (text) => void refused.push(text),
    () => nowMs,
  );
  url = await called.getUrl();
});
afterAll(async () => {
  await called.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  become('server');
  refused = [];
  nowMs += 100_000;
});

/** What a caller with this configuration gets: the answer, or what was wrong. */
async function call(config: ServiceTlsConfig, address = url): Promise<unknown> {
  try {
    const answer = await serviceFetchOf(config, address, 3_000)(`${address}/counts`);
    return await answer.json();
  } catch (error) {
    return serviceProblem(error);
  }
}

/** The name in the certificate that the called service shows to a new connection. */
function shown(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

it('answers a caller that trusts its authority and shows a certificate of it', async () => {
  expect(url).toMatch(/^https:/);
  expect(await call(caller)).toEqual({ posted: 3 });
});

it('is not trusted by a caller that knows another authority', async () => {
  expect(await call({ ...caller, SERVICE_CA_FILE: made('ca.pem') })).toBe(
    'its certificate is signed by an authority that SERVICE_CA_FILE does not name',
  );
});

const client = (name: string): ServiceTlsConfig => ({
  ...caller,
  SERVICE_CLIENT_CERT_FILE: made(`${name}.pem`),
  SERVICE_CLIENT_KEY_FILE: made(`${name}.key.pem`),
});
it.each<[string, ServiceTlsConfig, string]>([
  [
    'shows no certificate',
    { SERVICE_CA_FILE: made('services/ca.pem') },
    'it shows no certificate, and HTTP_TLS_CLIENT_CA_FILE asks for one',
  ],
  [
    'shows one of another authority',
    client('client-one'),
    'its certificate is signed by an authority that HTTP_TLS_CLIENT_CA_FILE does not name',
  ],
  ['shows one that has expired', client('services/expired'), 'its certificate is not valid now'],
])('refuses a caller that %s, and logs why', async (_, config, why) => {
  expect(await call(config)).toMatch(/^it closed the connection: .*SERVICE_CLIENT_CERT_FILE/);
  expect(refused).toContainEqual(expect.stringContaining(`a caller was refused: ${why}`));
});

it('answers nothing to plain http', async () => {
  expect(await call(caller, url.replace('https:', 'http:'))).toMatch('serve TLS only');
  expect(refused).toContainEqual(expect.stringContaining('it sends plain http, and HTTP_PORT is served over TLS'));
});

it.each([
  ['expired', 'its certificate has expired'],
  ['other-host', 'its certificate is for another host'],
])('is refused by its callers with a certificate that is %s', async (who, problem) => {
  become(who);
  expect(await call(caller)).toBe(problem);
  const told: string[] = [];
  const list = new RevocationList(`${url}/counts`, serviceFetchOf(caller, url, 3_000));
  await list.refresh({ warn: (text) => void told.push(text), info: () => undefined });
  expect(told).toEqual([`the console does not say which tokens are withdrawn: ${problem}; the last list counts`]);
});

it('uses an exchanged certificate without a restart, and the old one while the new one is half-written', async () => {
  expect(await shown()).toBe('server');
  become('server-two');
  expect(await shown()).toBe('server-two');
  expect(await call(caller)).toEqual({ posted: 3 });
  writeFileSync(files.HTTP_TLS_CERT_FILE, '-----BEGIN CERTIFICATE-----\nMIIB');
  expect(await shown()).toBe('server-two');
  expect(warnings).toEqual(expect.arrayContaining([expect.stringMatching(/server\.pem: .*stays in use/)]));
});

it('still asks for a certificate after its own was exchanged', async () => {
  become('server-two');
  expect(await call({ SERVICE_CA_FILE: made('services/ca.pem') })).toMatch('it closed the connection');
});

it('is called by plain http by nobody in production but on this machine, unless another layer protects it', () => {
  const prod = { TRIBUTARY_ENVIRONMENT: 'prod' };
  expect(() => serviceFetchOf(prod, 'http://recon:4040/x', 1_000)).toThrow(
    'the connection to services is not protected, in production: http://recon:4040 has to be https, or name services in ALLOW_PLAINTEXT',
  );
  for (const address of ['https://recon:4040', 'http://127.0.0.1:4040', 'http://localhost:4040', undefined])
    expect(() => serviceFetchOf(prod, address, 1_000)).not.toThrow();
  expect(() => serviceFetchOf({ ...prod, ALLOW_PLAINTEXT: 'kafka,services' }, 'http://recon:4040', 1_000)).not.toThrow();
  expect(() => serviceFetchOf({}, 'http://recon:4040', 1_000)).not.toThrow();
});

it.each<[string, ServiceTlsConfig, string]>([
  ['a certificate without its key', { HTTP_TLS_CERT_FILE: made('services/server.pem') }, 'set both or neither'],
  ['an authority of callers without TLS', { HTTP_TLS_CLIENT_CA_FILE: made('services/ca.pem') }, 'needs HTTP_TLS_CERT_FILE'],
  ['a file that is not there', { HTTP_TLS_CERT_FILE: at('none.pem'), HTTP_TLS_KEY_FILE: at('none.pem') }, 'none.pem: cannot be read'],
  [
    'a key of another certificate',
    { HTTP_TLS_CERT_FILE: made('services/server.pem'), HTTP_TLS_KEY_FILE: made('services/client.key.pem') },
    'do not belong together',
  ],
])('does not start with %s', (_, config, problem) => {
  expect(() => serverTlsOf(config)).toThrow(problem);
});

it('warns of a certificate of its own that ends soon, or has ended', () => {
  const tls = (who: string) =>
    serverTlsOf({ HTTP_TLS_CERT_FILE: made(`services/${who}.pem`), HTTP_TLS_KEY_FILE: made(`services/${who}.key.pem`) })!;
  expect(certificateEndWarning(tls('expired'), Date.parse('2020-12-31T00:00:00Z'))).toMatch('expires at 2021-01-01T00:00:00.000Z');
  expect(certificateEndWarning(tls('expired'), Date.parse('2021-01-01T00:00:00Z'))).toMatch('every caller refuses it');
  expect(certificateEndWarning(tls('server'), Date.parse('2030-01-01T00:00:00Z'))).toBeUndefined();
});
