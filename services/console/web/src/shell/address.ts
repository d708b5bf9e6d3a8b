import { addressPart } from '../format/text.js';

/** Filters of a page as its address has them: text by name. A name that stands twice has its last value. */
export type Search = Readonly<Record<string, string>>;

/** The filters of an address. Every value stays the text that it is: `after=7` is no number, and `q=null` is a word. */
export function readSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The part of an address after its path, with the question mark; filters without a value are left out. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(search).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [`${addressPart(name)}=${addressPart(value)}`] : [],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Keeps the named filters that have a value. Everything else in an address means nothing to the page, and is taken out of it. */
export function pickSearch<Name extends string>(
  names: readonly Name[],
  search: Readonly<Record<string, unknown>>,
): { readonly [name in Name]?: string } {
  const picked: { [name in Name]?: string } = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') picked[name] = value;
  }
  return picked;
}

/** The path of a page with its filters; filters without a value are left out. */
export function hrefOf(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  return path + writeSearch(query);
}

/** The address of one payment. */
export function paymentHref(id: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  return hrefOf(`/payments/${addressPart(id)}`, query);
}

/** The address of one message: a Stripe event, a canonical fact, a posting request or an outcome. */
export function messageHref(id: string): string {
  return `/events/${addressPart(id)}`;
}
