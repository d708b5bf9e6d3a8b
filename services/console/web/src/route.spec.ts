import { parseRoute, pathOf } from './route.js';

it.each([
  ['/', undefined],
  ['/payments', undefined],
  ['/payments/', undefined],
  ['/payments/ch_1', 'ch_1'],
  ['/payments/ch_1/more', undefined],
  ['/payments/a%20b', 'a b'],
  ['/payments/%', '%'], // somebody cut a link: shown as it is, and nobody knows it
  ['/elsewhere', undefined],
])('reads %s as payment %p', (path, paymentId) => {
  expect(parseRoute(path)).toEqual({ paymentId });
});

it.each([
  [undefined, '/'],
  ['ch_1', '/payments/ch_1'],
  ['a b/c', '/payments/a%20b%2Fc'],
])('writes payment %p as %s', (paymentId, path) => {
  expect(pathOf({ paymentId })).toBe(path);
  expect(parseRoute(path)).toEqual({ paymentId });
});
