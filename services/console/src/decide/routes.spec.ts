import { pathOfApi } from './api-paths.js';
import { readable, readableOfSinks, routeOf, routes } from './routes.js';
import { sinkReads } from './sink-reads.js';

it.each([
  ['/', 'overview', undefined],
  ['/payments', 'payments', undefined],
  ['/payments/ch_1', 'payment', 'ch_1'],
  ['/payments/a%20b', 'payment', 'a%20b'],
  ['/payments/', undefined, undefined],
  ['/payments/ch_1/more', undefined, undefined],
  ['/desk', 'desk', undefined],
  ['/orders/ord_1', 'order', 'ord_1'],
  ['/elsewhere', undefined, undefined],
  ['', undefined, undefined],
])('%s is the page %s', (path, name, id) => {
  const found = routeOf(path);
  expect(found?.route.name).toBe(name);
  expect(found?.id).toBe(id);
});

it.each([
  ['/counts', true],
  ['/overview', true],
  ['/payments', true],
  ['/payments/ch_3TomAsaFxA9Kd7NwT0VhK14jZ', true],
  ['/feed', true],
  ['/metrics', false],
  ['/payments/../metrics', false],
  ['/payments/..', false],
  ['/payments/a%2Fb', true],
  ['/payments/%2e%2e', false],
  ['/payments/a/b', false],
  ['/payments/', false],
  ['//elsewhere.example/counts', false],
  ['/dead-letters', true],
  ['/audit', true],
  ['/audit/17', true],
  ['/audit/17/elsewhere', false],
  ['/dead-letters/parked', true],
  ['/reconciliation/documents', true],
  ['/dead-letters/42', false], // the bytes of a message are shown only by the command line tool
  ['/dead-letters/42/case', true],
  ['/dead-letters/42/message', true], // decoded, without its bytes, for whoever may read messages
  ['/dead-letters/42/comments', false],
  ['/dead-letter-orders', true],
  ['/dead-letter-orders/ord_1', true],
  ['/dead-letter-orders/ord_1/letters', true],
  ['/dead-letters/totals', true],
  ['/dead-letter-orders/ord_1/approve', false],
])('recon is asked for %s: %p', (path, asked) => {
  expect(pathOfApi(readable, path) !== undefined).toBe(asked);
});

it('has one row per page, and a title for each', () => {
  expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
  expect(new Set(routes.map(({ path }) => path)).size).toBe(routes.length);
  expect(routes.every(({ title }) => title.trim() !== '')).toBe(true);
});

it('has each list of erp-sinks on a page, and under no path of recon', () => {
  expect(readableOfSinks.toSorted()).toEqual(sinkReads.map(({ path }) => path).toSorted());
  expect(readable.filter((path) => readableOfSinks.includes(path))).toEqual([]);
});
