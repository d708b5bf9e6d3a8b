import type { Route } from './call.js';
import { baseRoutes } from './rest/base.js';
import { odataRoutes } from './odata/routes.js';
import { addressRoutes, contactRoutes } from './rest/contacts.js';
import { customerRoutes } from './rest/customers.js';
import { exchangeRateRoutes } from './rest/exchange-rates.js';
import { glRoutes } from './rest/gl.js';
import { partRoutes, salesOrderRoutes } from './rest/orders.js';
import { udfRoutes } from './rest/udfs.js';
import { transactionRoutes } from './transaction/routes.js';

const allRoutes: readonly Route[] = [
  ...baseRoutes,
  ...exchangeRateRoutes,
  ...udfRoutes,
  ...customerRoutes,
  ...contactRoutes,
  ...addressRoutes,
  ...glRoutes,
  ...salesOrderRoutes,
  ...partRoutes,
  ...transactionRoutes,
  ...odataRoutes,
];

/** A route with what its path holds. */
export interface Matched {
  readonly route: Route;
  readonly args: readonly string[];
  readonly operation: string;
}

/** The route of a request; undefined when there is none. */
export function match(method: string, path: string, body: unknown): Matched | undefined {
  for (const route of allRoutes) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (!found) continue;
    const args = found.slice(1).map((part) => part ?? '');
    return { route, args, operation: route.operation?.(args, body) ?? path.split('/').filter(Boolean).at(-1) ?? '' };
  }
  return undefined;
}
