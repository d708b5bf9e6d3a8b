import { parseSinkUrls } from './sink-urls.js';

it('groups targets by the address of the sink that serves them', () => {
  expect(parseSinkUrls('kinetic-main=http://a:4030/,sl-main=http://a:4030, stripe-main=https://b:4031')).toEqual([
    { url: 'http://a:4030', targets: ['kinetic-main', 'sl-main'] },
    { url: 'https://b:4031', targets: ['stripe-main'] },
  ]);
  expect(parseSinkUrls('')).toEqual([]);
});

it.each([
  ['an address alone', 'http://a:4030', '"http://a:4030": expected target=address'],
  ['no address', 'kinetic-main=', '"kinetic-main=": expected target=address'],
  ['no http', 'kinetic-main=ftp://a', '"kinetic-main=ftp://a": expected target=address'],
  ['no host', 'kinetic-main=http://[', '"kinetic-main=http://[": expected target=address'],
  ['a target twice', 'a=http://a,a=http://b', 'target a is named twice'],
])('refuses %s', (_, text, message) => {
  expect(() => parseSinkUrls(text)).toThrow(message);
});
