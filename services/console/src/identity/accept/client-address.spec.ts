import type { IncomingMessage } from 'node:http';
import { clientAddressBehind } from './client-address.js';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

it.each([
  ['203.0.113.7', undefined, '203.0.113.7'],
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'], // not one of our proxies: not believed
  ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['10.1.2.3', '192.0.2.66, 198.51.100.1, 10.9.9.9', '198.51.100.1'], // the first one was written by the client
  ['10.1.2.3', 'nonsense', '10.1.2.3'],
  ['10.1.2.3', '10.4.4.4', '10.4.4.4'],
  ['2001:db8::9', '198.51.100.1', '198.51.100.1'],
])('a request from %s that says %j is of %s', (remote, forwarded, expected) => {
  expect(clientAddressBehind(['10.0.0.0/8', '2001:db8::9'])(request(remote, forwarded))).toBe(expected);
});

it('refuses what is no address', () => {
  expect(() => clientAddressBehind(['proxy.example'])).toThrow('"proxy.example" is no address');
});
