import { routeOf } from '@tributary/console/routes';
import type { Route } from '@tributary/console/routes';
import { useSyncExternalStore } from 'react';
import { addressPart } from '../format/text.js';

/** The current page, id and filters. All of them are in the address, so that Back and bookmarks work. */
export interface Address {
  /**
   * Undefined when no page has this address. The server answers such an address with 404, so only a wrong link within the console leads
   * here.
   */
  readonly page: Route['name'] | undefined;
  readonly title: string;
  readonly id: string | undefined;
  readonly query: URLSearchParams;
}

/** @param href path with its query: `/payments?standing=needsPerson`. */
export function addressOf(href: string): Address {
  const [path = '', query = ''] = href.split('?', 2);
  const found = routeOf(path);
  return {
    page: found?.route.name,
    title: found?.route.title ?? 'Not found',
    id: found?.id === undefined ? undefined : decoded(found.id),
    query: new URLSearchParams(query),
  };
}

/** A link that was truncated within an escape is kept unchanged: no such id exists, and the page says so. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The path of a page with its filters; filters without a value are left out. */
export function hrefOf(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) => (value ? [`${addressPart(name)}=${addressPart(value)}`] : []));
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

/** The address of one payment. */
export function paymentHref(id: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  return hrefOf(`/payments/${addressPart(id)}`, query);
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const currentHref = (): string => window.location.pathname + window.location.search;

/** The current address; the component renders again when it changes. */
export function useAddress(): Address {
  return addressOf(useSyncExternalStore(subscribe, currentHref));
}

/** Goes to another address of the console. `replace` adds no entry to the history, for changes while somebody types. */
export function navigate(href: string, options: { replace?: boolean } = {}): void {
  if (options.replace) window.history.replaceState(window.history.state, '', href);
  else window.history.pushState({ inside: true }, '', href);
  for (const listener of listeners) listener();
}

/** Goes one step back, or to `otherwise` when the page was opened from outside the console. */
export function goBack(otherwise: string): void {
  const state: unknown = window.history.state;
  if (typeof state === 'object' && state !== null && 'inside' in state) window.history.back();
  else navigate(otherwise);
}
