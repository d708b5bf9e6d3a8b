import fc from 'fast-check';
import { apiOrders, orderAt, targetOfOrder } from './api-orders.js';
import { pathOfApi } from './api-paths.js';

const patterns = ['/payments', '/payments/:id', '/dead-letter-orders/:id/approve'];

it.each([
  ['/payments', '/payments'],
  ['/payments/ch_1', '/payments/ch_1'],
  ['/payments/a%2Fb', '/payments/a%2Fb'],
  ['/payments/a%20b', '/payments/a%20b'],
  ['/payments/pi:1', '/payments/pi%3A1'],
  ['/dead-letter-orders/ord_1/approve', '/dead-letter-orders/ord_1/approve'],
  ['/payments/', undefined],
  ['/payments/..', undefined],
  ['/payments/%2e%2E', undefined],
  ['/payments/%2e', undefined],
  ['/payments/a%00b', undefined],
  ['/payments/%', undefined],
  ['/payments/a/b', undefined],
  ['/dead-letter-orders/ord_1', undefined],
  ['/dead-letter-orders//approve', undefined],
  ['//payments', undefined],
  ['', undefined],
])('%s is asked as %s', (path, asked) => {
  expect(pathOfApi(patterns, path)).toBe(asked);
});

it('whatever an id is, recon is asked for that id below its path, or for nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '../..', '/', 'a/../b', '%2e%2e', '?x', '#')), (id) => {
      let segment: string;
      try {
        segment = encodeURIComponent(id);
      } catch {
        return; // no browser can send an unpaired surrogate
      }
      const asked = pathOfApi(['/payments/:id'], `/payments/${segment}`);
      if (asked === undefined) return;
      const url = new URL(`http://recon.test${asked}`);
      expect([url.search, url.hash]).toEqual(['', '']);
      expect(url.pathname.startsWith('/payments/')).toBe(true);
      expect(decodeURIComponent(url.pathname.slice('/payments/'.length))).toBe(id);
    }),
  );
});

it.each([
  ['/targets/sl-main/pause', '', 'erp-sink', 'sl-main'],
  ['/targets/a%2Fb/resume', '?target=sl-main', 'erp-sink', 'a/b'],
  ['/batches/b%201/release-orders', '?target=sl-main', 'erp-sink', 'sl-main'],
  ['/release-orders/rel_1/approve', '?target=', 'erp-sink', undefined],
  ['/dead-letter-orders', '', 'recon', undefined],
])('an order at %s%s is one of %s about %s', (path, query, service, target) => {
  const found = orderAt(path);
  expect(found?.order.service).toBe(service);
  expect(found && targetOfOrder(found.order, found.path, new URLSearchParams(query))).toBe(target);
});

it('has one row per order', () => {
  expect(new Set(apiOrders.map(({ path }) => path)).size).toBe(apiOrders.length);
});
