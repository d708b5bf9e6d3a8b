import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgressFetch, EgressRefusedError, isInternalAddress } from './egress.js';

const server = createServer((request, response) => {
  if (request.url === '/redirect') response.writeHead(302, { location: 'http://example.com/' });
  response.end('ok');
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it('reaches an allowed host', async () => {
  const fetch = createEgressFetch({ allow: [base], allowInternal: false, timeoutMs: 2_000 });
  expect(await (await fetch(`${base}/x`)).text()).toBe('ok');
});

it('refuses every other host and port before anything is sent', async () => {
  const fetch = createEgressFetch({ allow: ['http://127.0.0.1:1'], allowInternal: true, timeoutMs: 2_000 });
  await expect(fetch(base)).rejects.toThrow(EgressRefusedError);
  await expect(fetch('http://example.com/')).rejects.toThrow('not among the allowed hosts');
});

it('does not follow a redirect', async () => {
  const fetch = createEgressFetch({ allow: [base], allowInternal: false, timeoutMs: 2_000 });
  expect((await fetch(`${base}/redirect`)).status).toBe(302);
});

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['169.254.169.254', true],
  ['::1', true],
  ['::ffff:192.168.0.1', true],
  ['54.187.174.169', false],
  ['2606:4700::1', false],
])('%s internal: %p', (address, internal) => {
  expect(isInternalAddress(address)).toBe(internal);
});
