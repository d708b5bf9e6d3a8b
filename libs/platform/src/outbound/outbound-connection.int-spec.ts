import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createEgressFetch } from '../egress.js';
import { certificateEnds } from './certificate-end.js';
import { erpConnectionOf } from './erp-connection.config.js';
import { tlsMaterialSource, validUntil } from './outbound-connection.js';
import type { OutboundConnection } from './outbound-connection.js';

const made = join(import.meta.dirname, '../testing/certificates');
const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(join(made, name), 'utf8');
/** Takes only clients that the test authority signed, and answers with the client's name. */
const server = createServer(
  { cert: read('server.pem'), key: read('server.key.pem'), ca: read('ca.pem'), requestCert: true, rejectUnauthorized: true },
  (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN),
);
/** A proxy that makes tunnels, and counts them. */
let tunnels: string[] = [];
/** User and password that the proxy was told with each of them. */
let logins: string[] = [];
const proxy = createHttpServer().on('connect', (request, socket, head: Buffer) => {
  tunnels.push(request.url ?? '');
  logins.push(Buffer.from(request.headers['proxy-authorization']?.replace(/^Basic /, '') ?? '', 'base64').toString());
  const [host = '', port = ''] = (request.url ?? '').split(':');
  const there = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    there.write(head);
    there.pipe(socket).pipe(there);
  });
  for (const end of [there, socket]) end.on('error', () => end.destroy());
});
const portOf = (one: Server): number => (one.address() as AddressInfo).port;
let url: string;
let proxyUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${portOf(server)}`;
  proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
});
afterAll(() => {
  for (const one of [server, proxy]) {
    one.closeAllConnections();
    one.close();
  }
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  tunnels = [];
  logins = [];
  show('client-one');
});

/** Puts a client's certificate and key where the process reads them. */
function show(client: string): void {
  copyFileSync(join(made, `${client}.pem`), at('client.pem'));
  copyFileSync(join(made, `${client}.key.pem`), at('client.key.pem'));
}
const connection = (): OutboundConnection => ({
  caFile: join(made, 'ca.pem'),
  client: { certFile: at('client.pem'), keyFile: at('client.key.pem') },
});
const egress = (given: OutboundConnection): typeof fetch =>
  createEgressFetch({ allow: [url], allowInternal: true, timeoutMs: 3_000, connection: given });
const answer = async (fetching: typeof fetch): Promise<string> => (await fetching(`${url}/x`)).text();

it('trusts the authority that it is told, and shows its certificate', async () => {
  expect(await answer(egress(connection()))).toBe('client-one');
});

it('does not trust an authority that it was not told, and is refused without a certificate', async () => {
  await expect(answer(egress({ client: connection().client! }))).rejects.toThrow();
  await expect(answer(egress({ caFile: join(made, 'ca.pem') }))).rejects.toThrow();
});

it('shows the new certificate after it was exchanged, without a restart', async () => {
  const fetching = egress(connection());
  expect(await answer(fetching)).toBe('client-one');
  show('client-two');
  expect(await answer(fetching)).toBe('client-two');
});

it('goes on with the old certificate while the new one is half-written, and says which file it is', () => {
  const warnings: string[] = [];
  const material = tlsMaterialSource(connection(), (text) => void warnings.push(text));
  const before = material();
  writeFileSync(at('client.pem'), read('client-two.pem').slice(0, 200));
  expect(material()).toBe(before);
  expect(material()).toBe(before);
  expect(warnings).toEqual([expect.stringMatching(/client\.pem: .*cannot be used.*stays in use/)]);
  show('client-two');
  expect(material().cert).toBe(read('client-two.pem'));
});

it.each<[string, () => OutboundConnection, RegExp]>([
  ['a file that is not there', () => ({ caFile: at('none.pem') }), /none\.pem: cannot be read \(ENOENT\)/],
  ['a file without a certificate', () => ({ caFile: join(made, 'README.md') }), /README\.md: holds no certificate/],
  [
    'a key of another certificate',
    () => ({ client: { certFile: join(made, 'client-one.pem'), keyFile: join(made, 'client-two.key.pem') } }),
    /client-one\.pem: .*do not belong together/,
  ],
])('says at the start what is wrong with %s', (_, given, expected) => {
  expect(() => egress(given())).toThrow(expected);
});

it('goes through the proxy that it is told, and still shows its own certificate to the server', async () => {
  expect(await answer(egress({ ...connection(), proxyUrl: () => proxyUrl }))).toBe('client-one');
  expect(tunnels).toEqual([url.slice('https://'.length)]);
});

it('takes the proxy and its password from the file as it is now, and keeps the one before while the file is half-written', async () => {
  const [file, address] = [at('proxy-url'), new URL(proxyUrl).host];
  writeFileSync(file, `http://tributary:of-yesterday@${address}`);
  const send = egress({ ...connection(), ...erpConnectionOf({ ERP_PROXY_URL_FILE: file }) });
  await answer(send);
  writeFileSync(file, `http://tributary:of-today@${address}\n`);
  await answer(send);
  writeFileSync(file, 'http:');
  await answer(send);
  await answer(send);
  expect([...new Set(logins)]).toEqual(['tributary:of-yesterday', 'tributary:of-today']);
});

it.each(['proxy:3128', 'socks5://proxy:1080', 'not an address'])('refuses "%s" as a proxy, and shows nothing of it', (given) => {
  expect(() => erpConnectionOf({ ERP_PROXY_URL: given })).toThrow('ERP_PROXY_URL: has to be an http or https URL');
  writeFileSync(at('no-proxy'), given);
  expect(() => erpConnectionOf({ ERP_PROXY_URL_FILE: at('no-proxy') })).toThrow(/ERP_PROXY_URL_FILE: .*no-proxy cannot be read or holds/);
});

it('knows until when its own certificate and that of the server are valid', async () => {
  const ends = await certificateEnds(url, connection(), 3_000);
  expect(ends).toEqual([
    { whose: 'client', validUntil: validUntil(read('client-one.pem')) },
    { whose: 'server', validUntil: validUntil(read('server.pem')) },
  ]);
  await expect(certificateEnds(url, {}, 3_000)).rejects.toThrow(/certificate|authority/i);
});

it('reads the variables, and refuses a certificate without its key', () => {
  expect(erpConnectionOf({})).toEqual({});
  const { caFile, proxyUrl: proxyNow } = erpConnectionOf({ ERP_CA_FILE: '/ca.pem', ERP_PROXY_URL: 'http://proxy:3128' });
  expect([caFile, proxyNow?.()]).toEqual(['/ca.pem', 'http://proxy:3128']);
  expect(() => erpConnectionOf({ ERP_CLIENT_CERT_FILE: '/client.pem' })).toThrow('set both or neither');
});
