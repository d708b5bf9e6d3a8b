/**
 * All pages of the console. The server answers each `path` with the page and passes on what is listed in `reads`; the page finds itself
 * and its title here. A new page is a new row (docs/how-to/add-a-page.md).
 */
const table = [
  { name: 'overview', path: '/', title: 'Overview', reads: ['/overview', '/counts', '/stages', '/feed'] },
  { name: 'payments', path: '/payments', title: 'Payments', reads: ['/payments', '/reconciliation'] },
  { name: 'payment', path: '/payments/:id', title: 'Payment', reads: ['/payments/:id', '/events/:id'] },
  { name: 'books', path: '/books', title: 'Books', reads: ['/books'] },
  { name: 'events', path: '/events', title: 'Events of Stripe', reads: ['/events'] },
  { name: 'canonical-events', path: '/canonical-events', title: 'Canonical events', reads: ['/canonical-events'] },
  { name: 'postings', path: '/postings', title: 'Posting requests', reads: ['/postings'] },
  { name: 'dead-letters', path: '/dead-letters', title: 'Dead letters', reads: ['/dead-letters', '/dead-letters/causes'] },
  { name: 'parked', path: '/parked', title: 'Messages that wait behind a failed one', reads: ['/dead-letters/parked'] },
] as const;

/** Name of a page, by which the app finds its component. */
export type PageName = (typeof table)[number]['name'];

/** One page: where it answers, what its tab is called, and which paths of recon it may read. */
export interface Route {
  readonly name: PageName;
  /** Path of the page; `:id` stands for one part of the path. */
  readonly path: string;
  readonly title: string;
  /** Paths of recon, `:id` as above. */
  readonly reads: readonly string[];
}

export const routes: readonly Route[] = table;

/** What may stand for `:id` in a path of recon: charge, payment and event ids. */
const idInApi = /^[\w-]{1,255}$/;

/** The page that a path shows, with its id as it stands in the path; undefined for an address that is no page. */
export function routeOf(path: string): { readonly route: Route; readonly id: string | undefined } | undefined {
  for (const route of routes) {
    const id = matched(route.path, path);
    if (id !== undefined) return { route, id: id === '' ? undefined : id };
  }
  return undefined;
}

/** Whether the page may ask recon for this path; everything else below /api is not there. @param path without its query. */
export function isReadable(path: string): boolean {
  return routes.some(({ reads }) =>
    reads.some((pattern) => {
      const id = matched(pattern, path);
      return id === '' || (id !== undefined && idInApi.test(id));
    }),
  );
}

/** What `:id` stands for in `path`: '' where the pattern has none, undefined where the pattern does not fit. */
function matched(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith('/:id')) return pattern === path ? '' : undefined;
  const folder = pattern.slice(0, -':id'.length);
  const id = path.slice(folder.length);
  return path.startsWith(folder) && id !== '' && !id.includes('/') ? id : undefined;
}
