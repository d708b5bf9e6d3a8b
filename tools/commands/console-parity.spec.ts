import { routesOf } from '@tributary/platform';
import type { DeclaredRoute } from '@tributary/platform';
import { controllersOfService, nameOfRoute } from '../permissions/service-routes.js';
import { commands } from './table.mjs';
import type { Command } from './table.mjs';

/** A row of the console's table of orders. */
interface ApiOrder {
  readonly service: 'recon' | 'erp-sink';
  readonly path: string;
  readonly command: string;
  readonly permission: string;
}

let orders: readonly ApiOrder[];
let routes: Readonly<Record<ApiOrder['service'], readonly DeclaredRoute[]>>;
beforeAll(async () => {
  ({ apiOrders: orders } = (await import('../../services/console/src/decide/api-orders.js' as string)) as {
    apiOrders: readonly ApiOrder[];
  });
  routes = {
    recon: routesOf(await controllersOfService('recon', 'source')),
    'erp-sink': routesOf(await controllersOfService('erp-sink', 'source')),
  };
}, 60_000);

/** Names of commands, as `tributary dlq replay`. */
function typedNames(list: readonly Command[], before = ''): string[] {
  return list.flatMap(({ name, commands: own }) => [`${before}${name}`, ...typedNames(own ?? [], `${before}${name} `)]);
}

it('every order of the console has a command that gives it', () => {
  expect(orders.length).toBeGreaterThan(0);
  const typed = typedNames(commands);
  expect(orders.filter(({ command }) => !typed.includes(`tributary ${command}`))).toEqual([]);
});

it('every order of the console is a route of its service, with the permission that its row says', () => {
  const declared = orders.map(({ service, path }) => routes[service].find((route) => nameOfRoute(route) === `POST ${path}`)?.declaration);
  expect(declared).toEqual(orders.map(({ permission }) => expect.objectContaining({ permission }) as unknown));
});

it.each<[string, ApiOrder['service'], string, readonly string[]]>([
  ['about dead letters that recon takes', 'recon', 'POST /dead-letter', []],
  // An erasure reaches every service, and is ordered on the command line alone.
  ['that an erp-sink takes', 'erp-sink', 'POST /', ['POST /erasures']],
])('every order %s can be given in the console', (_, service, beginning, elsewhere) => {
  const taken = routes[service].map(nameOfRoute).filter((name) => name.startsWith(beginning) && !elsewhere.includes(name));
  const given = orders
    .filter((order) => order.service === service)
    .map(({ path }) => `POST ${path}`)
    .filter((name) => name.startsWith(beginning));
  expect(taken.toSorted()).toEqual(given.toSorted());
});
