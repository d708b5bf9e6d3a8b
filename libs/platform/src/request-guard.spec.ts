import fc from 'fast-check';
import { requestRefusal } from './request-guard.js';

const none: ReadonlySet<string> = new Set();
const json = { 'content-type': 'application/json', 'content-length': '2' };
const status = (method: string, headers: Record<string, string>, hosts = none): number | undefined =>
  requestRefusal(method, headers, hosts)?.status;

it.each(['127.0.0.1:4040', '[::1]:4040', 'localhost', 'LOCALHOST:4000', 'recon:4040', 'shop-tributary-recon', '10.1.2.3'])(
  'answers to %s',
  (host) => {
    expect(status('GET', { host })).toBeUndefined();
    expect(status('POST', { host, ...json })).toBeUndefined();
  },
);

it.each(['rebound.example', 'rebound.example:4040', '127.0.0.1.rebound.example', '', 'a b', 'x@localhost', '[::1', 'localhost:port'])(
  'does not answer to %p',
  (host) => {
    expect(status('GET', { host })).toBe(421);
  },
);

it('answers to a name that it was told, with and without the dot of the root', () => {
  const hosts = new Set(['console.shop.example']);
  expect(status('GET', { host: 'Console.Shop.example' }, hosts)).toBeUndefined();
  expect(status('GET', { host: 'console.shop.example.:8443' }, hosts)).toBeUndefined();
  expect(status('GET', { host: 'other.shop.example' }, hosts)).toBe(421);
});

it.each<[string, Record<string, string>, number | undefined]>([
  ['its own page', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' }, undefined],
  ['a script', {}, undefined],
  ['an address typed by hand', { 'sec-fetch-site': 'none' }, undefined],
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
  ['another site of an old browser', { origin: 'https://evil.example' }, 403],
  ['another port of this machine', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-site' }, 403],
  ['a sandboxed page', { origin: 'null' }, 403],
])('a change ordered by %s', (_, headers, expected) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect(status(method, { host: 'localhost:4000', ...headers, ...json })).toBe(expected);
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '', 'application/jsonp'])(
  'reads no body of type %p',
  (type) => {
    expect(status('POST', { host: 'localhost', 'content-type': type, 'content-length': '2' })).toBe(415);
    expect(status('POST', { host: 'localhost', 'content-type': type, 'transfer-encoding': 'chunked' })).toBe(415);
  },
);

it('takes JSON with a charset, and an order without a body', () => {
  expect(status('POST', { host: 'localhost', 'content-type': 'Application/JSON; charset=utf-8', 'content-length': '2' })).toBeUndefined();
  expect(status('POST', { host: 'localhost' })).toBeUndefined();
});

it('no name of another site gets through, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      expect(status('GET', { host: domain })).toBe(421);
    }),
  );
});
