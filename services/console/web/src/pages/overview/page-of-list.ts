import { routeOf } from '@tributary/console/routes';
import { pagesOfLists } from './labels.js';

/** The address of the page for a list of recon; undefined for a list without a page. */
export function pageOfList(list: string | null): string | undefined {
  if (list === null) return undefined;
  const href = Object.hasOwn(pagesOfLists, list) ? (pagesOfLists[list] ?? list) : list;
  return routeOf(href.split('?')[0] ?? '') === undefined ? undefined : href.replace(/^\/dead-letters\/parked\b/, '/parked');
}
