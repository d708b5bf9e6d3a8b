import type { SinkPath } from './sink-reads.js';

/**
 * All pages of the console. The server serves the page under each `path`, and forwards the API paths in `reads`; the browser takes title,
 * room and permission from the same table. A new page is a new row (docs/how-to/add-a-page.md).
 */
const table = [
  {
    ...{ name: 'overview', path: '/', title: 'Today', needs: 'payments.read', room: 'Today' },
    reads: ['/today', '/search', '/overview', '/counts', '/stages', '/feed', '/company-format'],
    readsOfSinks: ['/targets'],
  },
  {
    ...{ name: 'payments', path: '/payments', title: 'Payments', needs: 'payments.read', room: 'Payments' },
    reads: ['/payments', '/payments/totals', '/payments.csv', '/reconciliation'],
  },
  {
    ...{ name: 'payment', path: '/payments/:id', title: 'Payment', needs: 'payments.read' },
    ...{ reads: ['/payments/:id', '/events/:id', '/messages/:id/record'], readsOfSinks: ['/calls'] },
  },
  {
    ...{ name: 'customers', path: '/customers', title: 'Customers', needs: 'payments.read', room: 'Customers' },
    reads: ['/customers', '/customers.csv', '/customers/questions'],
  },
  { name: 'customer', path: '/customers/:id', title: 'Customer', needs: 'payments.read', reads: ['/customers/:id'] },
  {
    ...{ name: 'desk', path: '/desk', title: 'Desk', needs: 'letters.read', room: 'Desk' },
    reads: [
      ...['/dead-letters/totals', '/dead-letters', '/dead-letters/causes', '/dead-letters/sequences', '/dead-letter-orders'],
      ...['/dead-letters/causes.csv', '/dead-letters/sequences.csv', '/dead-letter-orders.csv'],
    ],
  },
  {
    ...{ name: 'order', path: '/orders/:id', title: 'Order', needs: 'letters.read' },
    reads: ['/dead-letter-orders/:id', '/dead-letter-orders/:id/letters'],
  },
  { name: 'books', path: '/books', title: 'Books', needs: 'payments.read', room: 'Books', reads: ['/books'] },
  {
    ...{ name: 'targets', path: '/targets', title: 'Targets', needs: 'ledger.read', room: 'Targets' },
    ...{ reads: ['/target-outcomes'], readsOfSinks: ['/targets'] },
  },
  {
    ...{ name: 'target', path: '/targets/:id', title: 'Target', needs: 'ledger.read' },
    ...{ reads: ['/target-outcomes'], readsOfSinks: ['/targets', '/release-orders'] },
  },
  {
    ...{ name: 'events', path: '/events', title: 'Events of Stripe', needs: 'payments.read', room: 'Events' },
    reads: ['/events', '/events/totals', '/events.csv'],
  },
  {
    ...{ name: 'message', path: '/events/:id', title: 'One message', needs: 'payments.read' },
    reads: ['/messages/:id', '/messages/:id/record', '/messages/:id/fixture'],
  },
  {
    ...{ name: 'canonical-events', path: '/canonical-events', title: 'Canonical events', needs: 'payments.read', within: 'Events' },
    reads: ['/canonical-events', '/canonical-events/totals', '/canonical-events.csv'],
  },
  {
    ...{ name: 'postings', path: '/postings', title: 'Posting requests', needs: 'payments.read', within: 'Events' },
    reads: ['/postings', '/postings/totals', '/postings.csv'],
  },
  {
    ...{ name: 'outcomes', path: '/outcomes', title: 'Outcomes', needs: 'payments.read', within: 'Events' },
    reads: ['/outcomes', '/outcomes/totals', '/outcomes.csv'],
  },
  {
    ...{ name: 'topics', path: '/topics', title: 'Topics and their readers', needs: 'payments.read', within: 'Events' },
    reads: ['/consumer-groups'],
  },
  {
    ...{ name: 'dead-letters', path: '/dead-letters', title: 'Dead letters', needs: 'letters.read' },
    reads: [
      '/dead-letters',
      '/dead-letters.csv',
      '/dead-letters/totals',
      '/dead-letters/causes',
      '/dead-letters/sequences',
      '/dead-letter-orders',
      '/dead-letter-orders/:id',
    ],
    readsOfSinks: ['/batches', '/release-orders'],
  },
  {
    ...{ name: 'letter', path: '/letters/:id', title: 'Dead letter', needs: 'letters.read' },
    reads: ['/dead-letters/:id/case', '/dead-letters/:id/message'],
  },
  {
    ...{ name: 'parked', path: '/parked', title: 'Messages that wait behind a failed one', needs: 'letters.read' },
    reads: ['/dead-letters/parked', '/dead-letters/parked.csv'],
  },
  {
    ...{ name: 'documents', path: '/documents', title: 'Documents beside the entries of the ledger', needs: 'payments.read' },
    reads: ['/reconciliation/documents', '/reconciliation/documents.csv'],
  },
  {
    ...{ name: 'audit', path: '/audit', title: 'Audit', needs: 'audit.read', room: 'Audit' },
    reads: ['/audit', '/audit.csv', '/audit/verification'],
  },
  { name: 'audit-entry', path: '/audit/:id', title: 'Audit entry', needs: 'audit.read', reads: ['/audit/:id'] },
  {
    ...{ name: 'notifications', path: '/notifications', title: 'Notifications', needs: 'payments.read' },
    reads: ['/notifications', '/notification-routes'],
  },
  {
    name: 'settings',
    path: '/settings',
    title: 'Settings',
    needs: 'people.manage',
    room: 'Settings',
    reads: ['/service-settings', '/notification-routes', '/installation/examination'],
  },
  {
    ...{ name: 'movements', path: '/movements', title: "Movements of Stripe's balance", needs: 'payments.read' },
    reads: ['/movements', '/movements/totals', '/movements.csv'],
  },
  { name: 'account', path: '/account', title: 'Your account', reads: [] },
  { name: 'sign-in', path: '/sign-in', title: 'Sign in', reads: [] },
  { name: 'sign-in-link', path: '/sign-in/link', title: 'Sign in', reads: [] },
  { name: 'set-up', path: '/set-up', title: 'Set up', reads: [] },
] as const satisfies readonly Route[];

/** Name of a page; the app finds the component by it. */
export type PageName = (typeof table)[number]['name'];

/** One page: its path, the title of its tab, who may see it, and the paths of recon that it may read. */
export interface Route {
  readonly name: string;
  /** Path of the page; `:id` stands for one path segment. */
  readonly path: string;
  readonly title: string;
  /** Permission that the page needs; absent: it shows nothing of payments, and everybody may see it. */
  readonly needs?: string;
  /** Its name in the list of rooms; absent: it is reached from another page. */
  readonly room?: string;
  /** The room that a page belongs to whose path says nothing of it. */
  readonly within?: string;
  /** Paths of recon that the page may read; `:id` as above. */
  readonly reads: readonly string[];
  /** Lists of the erp-sinks that the page may read (`sink-reads.ts`). */
  readonly readsOfSinks?: readonly SinkPath[];
}

/** All pages; the first row that fits a path is used. */
export const routes: readonly (Route & { readonly name: PageName })[] = table;

/** The page for a path, with the id exactly as it is in the path; undefined when no page fits. */
export function routeOf(path: string): { readonly route: Route; readonly id: string | undefined } | undefined {
  for (const route of routes) {
    const id = matched(route.path, path);
    if (id !== undefined) return { route, id: id === '' ? undefined : id };
  }
  return undefined;
}

/** Paths of recon that pages may read. */
export const readable: readonly string[] = [...new Set(routes.flatMap(({ reads }) => reads))];

/** Lists of erp-sinks that pages may read. */
export const readableOfSinks: readonly string[] = [...new Set(routes.flatMap(({ readsOfSinks = [] }) => readsOfSinks))];

/** The value of `:id` in `path`: '' when the pattern has no `:id`, undefined when the path does not fit the pattern. */
function matched(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith('/:id')) return pattern === path ? '' : undefined;
  const folder = pattern.slice(0, -':id'.length);
  const id = path.slice(folder.length);
  return path.startsWith(folder) && id !== '' && !id.includes('/') ? id : undefined;
}
