import { routeOf } from '@tributary/console/routes';
import type { Route } from '@tributary/console/routes';
import { useSyncExternalStore } from 'react';
import { addressPart } from '../format/text.js';

/** Where the page is: which page, which id, which filters. Everything is in the address, so that Back and bookmarks work. */
export interface Address {
  /** Undefined for an address that is no page; the server answers those with 404, so only a mistyped link comes here. */
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

/** A link that was cut in the middle of an escape stays as it is: nobody knows such an id, and the page says so. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The path of a page with its filters; those without a value are left out. */
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

/** The address now, and again whenever it changes. */
export function useAddress(): Address {
  return addressOf(useSyncExternalStore(subscribe, currentHref));
}

/** Goes to another address of the console. `replace`: without an entry for Back (while somebody types). */
export function navigate(href: string, options: { replace?: boolean } = {}): void {
  if (options.replace) window.history.replaceState(window.history.state, '', href);
  else window.history.pushState({ inside: true }, '', href);
  for (const listener of listeners) listener();
}

/** One step back, or to `otherwise` for a page that was opened from outside. */
export function goBack(otherwise: string): void {
  const state: unknown = window.history.state;
  if (typeof state === 'object' && state !== null && 'inside' in state) window.history.back();
  else navigate(otherwise);
}
