import { chmodSync, chownSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { TokenVariables } from './api-token.js';
import { callApi } from './call-api.js';

/** A service over mutual TLS, and callers with certificates of their own. */
const made = (name: string): string => join(import.meta.dirname, '../../../platform/src/testing/certificates', name);
const pem = (name: string): string => readFileSync(made(`services/${name}`), 'utf8');
let folder: string;
let server: Server;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'call-api-'));
  server = createServer(
    { ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true, ...serverCertificate('server') },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate() as Partial<PeerCertificate>;
      response.end(`${String(subject?.CN)} ${request.headers.authorization ?? ''}`);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const serverCertificate = (who: string): { cert: string; key: string } => ({ cert: pem(`${who}.pem`), key: pem(`${who}.key.pem`) });

/** Puts a certificate of the tests where the caller reads its own, with the rights that a key should have. */
function own(certificate: string, key = certificate): TokenVariables {
  const env = { SERVICE_CLIENT_CERT_FILE: join(folder, 'client.pem'), SERVICE_CLIENT_KEY_FILE: join(folder, 'client.key.pem') };
  copyFileSync(made(`${certificate}.pem`), env.SERVICE_CLIENT_CERT_FILE);
  copyFileSync(made(`${key}.key.pem`), env.SERVICE_CLIENT_KEY_FILE);
  chmodSync(env.SERVICE_CLIENT_KEY_FILE, 0o600);
  return { TRIBUTARY_TOKEN: 'given', SERVICE_CA_FILE: made('services/ca.pem'), ...env };
}
const refusal = (code: string, message: RegExp): object => ({ code, message: expect.stringMatching(message) as string });

it('shows its certificate and its token to a service, and trusts its authority', async () => {
  expect(await (await callApi(url, {}, own('services/client'))).text()).toMatch(/^\S.* Bearer given$/);
});

it('reads the files again at the next call, in the same process', async () => {
  const env = own('client-one');
  await expect(callApi(url, {}, env)).rejects.toMatchObject({ code: 'certificate.refused' });
  own('services/client');
  const first = await (await callApi(url, {}, env)).text();
  own('services/server'); // another certificate of the same authority
  const second = await (await callApi(url, {}, env)).text();
  expect([second, second === first]).toEqual(['server Bearer given', false]);
  own('client-two');
  await expect(callApi(url, {}, env)).rejects.toMatchObject({ code: 'certificate.refused' });
});

it.each<[string, () => TokenVariables]>([
  ['shows no certificate', () => ({ SERVICE_CA_FILE: made('services/ca.pem') })],
  ['shows one of another authority', () => own('client-one')],
])('says that the service refuses a caller that %s', async (_, env) => {
  await expect(callApi(url, {}, env())).rejects.toMatchObject(
    refusal(
      'certificate.refused',
      /^https:\/\/127\.0\.0\.1:\d+: it closed the connection, .*SERVICE_CLIENT_CERT_FILE, SERVICE_CLIENT_KEY_FILE/,
    ),
  );
});

it.each([
  ['expired', /its certificate is not valid now/],
  ['other-host', /its certificate is for another host/],
])('trusts no service whose certificate is %s', async (who, message) => {
  server.setSecureContext({ ca: pem('ca.pem'), ...serverCertificate(who) });
  await expect(callApi(url, {}, own('services/client'))).rejects.toMatchObject(refusal('certificate.untrusted', message));
});

it.each<[string, (env: TokenVariables) => TokenVariables]>([
  ['names no authority', ({ SERVICE_CA_FILE: _, ...env }) => env],
  ['names another authority', (env) => ({ ...env, SERVICE_CA_FILE: made('ca.pem') })],
])('trusts no service of an unknown authority when it %s', async (_, change) => {
  await expect(callApi(url, {}, change(own('services/client')))).rejects.toMatchObject(
    refusal('certificate.untrusted', /signed by an authority that SERVICE_CA_FILE does not name/),
  );
});

const unusable: readonly [string, (env: TokenVariables) => TokenVariables, RegExp][] = [
  [
    'a file that is not there',
    (env) => ({ ...env, SERVICE_CA_FILE: `${folder}/none` }),
    /^SERVICE_CA_FILE .*none: cannot be read \(it is not there\)/,
  ],
  [
    'a key that is not there',
    (env) => ({ ...env, SERVICE_CLIENT_KEY_FILE: `${folder}/none` }),
    /^SERVICE_CLIENT_KEY_FILE .*none: cannot be read \(it is not there\)/,
  ],
  ['a folder', (env) => ({ ...env, SERVICE_CLIENT_CERT_FILE: folder }), /^SERVICE_CLIENT_CERT_FILE .*cannot be read \(EISDIR\)/],
  ['a certificate without its key', ({ SERVICE_CLIENT_KEY_FILE: _, ...env }) => env, /set both or neither/],
  ['a certificate that has expired', () => own('services/expired'), /client\.pem: expired at 2021-01-01T00:00:00\.000Z/],
  ['a key of another certificate', () => own('services/client', 'services/server'), /do not belong together/],
  [
    'a file that holds none',
    (env) => (writeFileSync(env.SERVICE_CLIENT_CERT_FILE ?? '', 'none'), env),
    /client\.pem: holds no certificate \(PEM\)/,
  ],
  [
    'a key that others may read',
    (env) => (chmodSync(env.SERVICE_CLIENT_KEY_FILE ?? '', 0o640), env),
    /client\.key\.pem: others may read or change it\. Do: chmod 600 \//,
  ],
];
it.each(unusable)('calls nobody with %s', async (_, change, message) => {
  await expect(callApi(url, {}, change(own('services/client')))).rejects.toMatchObject(refusal('certificate.unusable', message));
});

(process.getuid?.() === 0 ? it : it.skip)('takes a key of another user that it may read, as a mounted secret is', async () => {
  const env = own('services/client');
  chmodSync(env.SERVICE_CLIENT_KEY_FILE ?? '', 0o644);
  chownSync(env.SERVICE_CLIENT_KEY_FILE ?? '', 65_534, 65_534);
  expect((await callApi(url, {}, env)).status).toBe(200);
});

it('asks for no certificate where the service answers plain http', async () => {
  await expect(callApi('http://127.0.0.1:1/x', {}, { SERVICE_CA_FILE: `${folder}/none` })).rejects.toMatchObject({
    message: 'fetch failed',
  });
});
