/**
 * What a page may order of recon, with the command that does the same (`npm run -s tributary -- <command>`). The server forwards these paths
 * and no others; recon asks for the permission, of each target that an order is about, and checks it anew at each step.
 */
const table = [
  { path: '/dead-letters/:id/check-edit', command: 'dlq edit', permission: 'payloads.read' },
  { path: '/dead-letters/:id/dry-run', command: 'dlq dry-run', permission: 'payloads.read' },
  { path: '/dead-letters/:id/comments', command: 'dlq comment', permission: 'letters.discuss' },
  { path: '/dead-letters/:id/assignment', command: 'dlq assign', permission: 'letters.discuss' },
  { path: '/dead-letter-orders', command: 'dlq replay', permission: 'orders.create' },
  { path: '/dead-letter-orders/:id/cancel', command: 'dlq cancel', permission: 'orders.cancel' },
  { path: '/dead-letter-orders/:id/approve', command: 'dlq approve', permission: 'orders.approve' },
  { path: '/dead-letter-orders/:id/refuse', command: 'dlq refuse', permission: 'orders.approve' },
  { path: '/audit/verification', command: 'audit verify', permission: 'audit.read' },
] as const satisfies readonly ApiOrder[];

/** One path of recon that takes orders. */
export interface ApiOrder {
  /** Path of recon; `:id` stands for one path segment. */
  readonly path: string;
  /** Command that gives the same order. */
  readonly command: string;
  /** Permission that recon asks for. */
  readonly permission: string;
}

/** All paths that take orders. */
export const apiOrders: readonly ApiOrder[] = table;
