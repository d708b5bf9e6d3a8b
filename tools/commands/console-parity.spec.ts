import { routesOf } from '@tributary/platform';
import type { DeclaredRoute } from '@tributary/platform';
import { controllersOfService, nameOfRoute } from '../permissions/service-routes.js';
import { commands } from './table.mjs';
import type { Command } from './table.mjs';

/** A row of the console's table of orders. */
interface ApiOrder {
  readonly path: string;
  readonly command: string;
  readonly permission: string;
}

let orders: readonly ApiOrder[];
let routes: readonly DeclaredRoute[];
beforeAll(async () => {
  ({ apiOrders: orders } = (await import('../../services/console/src/decide/api-orders.js' as string)) as {
    apiOrders: readonly ApiOrder[];
  });
  routes = routesOf(await controllersOfService('recon', 'source'));
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

it('every order of the console is a route of recon, with the permission that its row says', () => {
  const declared = orders.map(({ path }) => routes.find((route) => nameOfRoute(route) === `POST ${path}`)?.declaration);
  expect(declared).toEqual(orders.map(({ permission }) => expect.objectContaining({ permission }) as unknown));
});

it('every order about dead letters that recon takes can be given in the console', () => {
  const taken = routes.map(nameOfRoute).filter((name) => name.startsWith('POST /dead-letter'));
  const given = orders.map(({ path }) => `POST ${path}`).filter((name) => name.startsWith('POST /dead-letter'));
  expect(taken.toSorted()).toEqual(given.toSorted());
});
