import { idInApi, pathOfApi } from './api-paths.js';

/**
 * What a page may order or ask in the body of a request, of which service, with the command that does the same (`npm run -s tributary -- <command>`). The server forwards
 * these paths and no others; the service asks for the permission, of each target that an order is about, and checks it anew at each step.
 */
const table = [
  { service: 'recon', path: '/search', command: 'find', permission: 'payments.read' },
  { service: 'recon', path: '/dead-letters/:id/check-edit', command: 'dlq edit', permission: 'payloads.read' },
  { service: 'recon', path: '/dead-letters/:id/dry-run', command: 'dlq dry-run', permission: 'payloads.read' },
  { service: 'recon', path: '/dead-letters/:id/comments', command: 'dlq comment', permission: 'letters.discuss' },
  { service: 'recon', path: '/dead-letters/:id/assignment', command: 'dlq assign', permission: 'letters.discuss' },
  { service: 'recon', path: '/dead-letter-orders', command: 'dlq replay', permission: 'orders.create' },
  { service: 'recon', path: '/dead-letter-orders/preview', command: 'dlq replay', permission: 'orders.create' },
  { service: 'recon', path: '/dead-letter-orders/:id/pause', command: 'dlq pause', permission: 'orders.cancel' },
  { service: 'recon', path: '/dead-letter-orders/:id/continue', command: 'dlq continue', permission: 'orders.create' },
  { service: 'recon', path: '/dead-letter-orders/:id/cancel', command: 'dlq cancel', permission: 'orders.cancel' },
  { service: 'recon', path: '/dead-letter-orders/:id/approve', command: 'dlq approve', permission: 'orders.approve' },
  { service: 'recon', path: '/dead-letter-orders/:id/refuse', command: 'dlq refuse', permission: 'orders.approve' },
  {
    service: 'recon',
    path: '/notifications/:id/acknowledge',
    command: 'notifications acknowledge',
    permission: 'notifications.acknowledge',
  },
  { service: 'recon', path: '/notification-routes/:id/test', command: 'notifications test', permission: 'notifications.manage' },
  { service: 'recon', path: '/audit/verification', command: 'audit verify', permission: 'audit.read' },
  { service: 'recon', path: '/installation/examination', command: 'doctor', permission: 'people.manage' },
  { service: 'erp-sink', path: '/targets/:name/pause', command: 'targets pause', permission: 'targets.manage' },
  { service: 'erp-sink', path: '/targets/:name/resume', command: 'targets resume', permission: 'targets.manage' },
  { service: 'erp-sink', path: '/targets/:name/check', command: 'targets check', permission: 'targets.manage' },
  { service: 'erp-sink', path: '/batches/:batchId/release-orders', command: 'groups release', permission: 'groups.release' },
  { service: 'erp-sink', path: '/release-orders/:id/approve', command: 'groups approve', permission: 'orders.approve' },
  { service: 'erp-sink', path: '/release-orders/:id/refuse', command: 'groups refuse', permission: 'orders.approve' },
] as const satisfies readonly ApiOrder[];

/** One path that takes orders. */
export interface ApiOrder {
  /** `erp-sink`: the one that serves the target, which the path names as `:name`, else the query as `target`. */
  readonly service: 'recon' | 'erp-sink';
  /** Path of that service; `:id` and other names with a colon stand for one path segment each. */
  readonly path: string;
  /** Command that gives the same order. */
  readonly command: string;
  /** Permission that the service asks for. */
  readonly permission: string;
}

/** All paths that take orders. */
export const apiOrders: readonly ApiOrder[] = table;

/** The order that a path below /api is, and the path as it is asked of its service; undefined when nothing is ordered there. */
export function orderAt(given: string): { readonly order: ApiOrder; readonly path: string } | undefined {
  for (const order of apiOrders) {
    const path = pathOfApi([order.path], given);
    if (path !== undefined) return { order, path };
  }
  return undefined;
}

/** The target that an order for an erp-sink is about; undefined: it names none. @param path as it is asked of the sink. */
export function targetOfOrder(order: ApiOrder, path: string, query: URLSearchParams): string | undefined {
  return idInApi(order.path, path, ':name') ?? (query.get('target') || undefined);
}
