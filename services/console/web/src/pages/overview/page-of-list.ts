import { routeOf } from '@tributary/console/routes';
import { pagesOfLists } from './labels.js';

/** The address of the page for a list of recon; undefined for a list without a page. Dead letters are worked off at the desk. */
export function pageOfList(list: string | null): string | undefined {
  if (list === null) return undefined;
  const href = Object.hasOwn(pagesOfLists, list) ? (pagesOfLists[list] ?? list) : list;
  const [path = '', query] = href.split('?', 2);
  if (path === '/dead-letters') return deskOf(new URLSearchParams(query));
  return routeOf(path) === undefined ? undefined : href.replace(/^\/dead-letters\/parked\b/, '/parked');
}

/** The sequences that have such letters. What is not closed is all that the desk shows. */
function deskOf(filters: URLSearchParams): string {
  if (filters.get('state') === 'notClosed') filters.delete('state');
  const query = filters.toString();
  return query === '' ? '/desk' : `/desk?${query}`;
}
