import { createMemoryHistory } from '@tanstack/react-router';
import { routes } from '@tributary/console/routes';
import fc from 'fast-check';
import { consoleRouter } from './router.js';
import { paymentHref } from './shell/address.js';

/** The innermost route of an address, with its id and its filters. */
function found(href: string): { readonly route: string; readonly id: unknown; readonly search: unknown } {
  const router = consoleRouter(createMemoryHistory({ initialEntries: [href] }));
  const last = router.matchRoutes(router.latestLocation).at(-1);
  const params = last?.params as { readonly id?: string } | undefined;
  return { route: last?.routeId ?? '', id: params?.id, search: last?.search };
}

it.each([
  ['/', '/console/', undefined, {}],
  ['/payments?standing=needsPerson', '/console/payments', undefined, { standing: 'needsPerson' }],
  ['/payments/ch_1', '/console/payments/$id', 'ch_1', {}],
  ['/payments/a%20b?standing=inLedger&part=2', '/console/payments/$id', 'a b', { standing: 'inLedger', part: '2' }],
  ['/payments/%', '__root__', undefined, {}], // a truncated link: there is no such page
  ['/events?state=held&after=7', '/console/events', undefined, { state: 'held', after: '7' }],
  ['/letters/dl_1', '/console/letters/$id', 'dl_1', {}],
  ['/sign-in/link', '/plain/sign-in/link', undefined, {}],
])('%s is the page %s with the id %s', (href, route, id, search) => {
  expect(found(href)).toEqual({ route, id, search });
});

it.each(['/payments/ch_1/more', '/elsewhere', '/paymentsx'])('%s is no page', (href) => {
  expect(found(href).route).toBe('/console/$');
});

it('has a page for every path that the server answers with the page, and no other', () => {
  const paths = Object.keys(consoleRouter(createMemoryHistory()).routesByPath);
  const served = routes.map(({ path }) => path.replace(':id', '$id'));
  expect(paths.filter((path) => path !== '/$').toSorted()).toEqual(served.toSorted());
});

it('finds any payment by the address that was made for it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (id) => {
      expect(found(paymentHref(id, { standing: 'x' }))).toMatchObject({ route: '/console/payments/$id', id: id.toWellFormed() });
    }),
  );
});
