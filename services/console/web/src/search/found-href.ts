import { routeOf } from '@tributary/console/routes';
import { addressPart } from '../format/text.js';
import { hrefOf, paymentHref } from '../shell/address.js';
import type { Found } from './read-search.js';

/** Whether the console has a page of its own for a path. */
export type HasPage = (path: string) => boolean;

const hasRoute: HasPage = (path) => routeOf(path) !== undefined;

/** Addresses that show an object of a kind, the best first. A list that is filtered by the id comes last, for pages that are not there. */
const candidates: Readonly<Record<string, (found: Found) => readonly string[]>> = {
  payment: ({ of }) => [paymentHref(of)],
  refund: ({ of }) => [paymentHref(of)],
  dispute: ({ of }) => [paymentHref(of)],
  customer: ({ id }) => [`/customers/${addressPart(id)}`, hrefOf('/payments', { customer: id })],
  event: ({ of }) => [`/events/${addressPart(of)}`, paymentHref(of)],
  document: ({ of }) => [`/events/${addressPart(of)}`, paymentHref(of)],
  deadLetter: ({ id }) => [`/letters/${addressPart(id)}`, hrefOf('/dead-letters', { id })],
  movement: ({ id }) => [hrefOf('/movements', { id })],
  payout: ({ id }) => [hrefOf('/movements', { payout: id })],
};

/**
 * The page of the console for something that a search found: recon names the request of its own API, and the console has pages.
 * @returns undefined for a kind that the console does not know: it is shown without a link.
 */
export function foundHref(found: Found, hasPage: HasPage = hasRoute): string | undefined {
  if (!Object.hasOwn(candidates, found.kind)) return undefined;
  const hrefs = candidates[found.kind]?.(found) ?? [];
  return hrefs.find((href) => hasPage(href.split('?', 1)[0] ?? href)) ?? hrefs.at(-1);
}
