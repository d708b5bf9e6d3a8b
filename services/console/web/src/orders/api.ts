import type { BodyOf } from '../api/documents.js';
import type { ListPage } from '../recon/read.js';
import { order } from '../shell/http.js';
import { usePageSize } from '../shell/page-size.js';
import { reconChanged, useRead } from '../shell/query.js';
import type { Answer } from '../shell/query.js';
import { endedStates, readOrder, readOrderedLetters, readOrders, readPreview } from './read-order.js';
import type { Order, OrderedLetter, OrderPage, Preview } from './read-order.js';

type Given = BodyOf<'/api/dead-letter-orders', 'post'>;

/** Letters of an order, as recon takes them: `scope` with `ids`, or `query`, and what is done about them. */
export type OrderBody = Omit<Given, keyof OrderTerms>;

/** How somebody wants an order carried out. */
export interface OrderTerms {
  readonly reason: string;
  readonly ratePerSecond: number;
  /** How many letters they were shown. */
  readonly expectedLetters: number;
}

/** How often the page asks how far an order is, ms. */
const progressEveryMs = 1_000;
const listEveryMs = 3_000;

/** What an order would be. Nothing is ordered. */
export async function previewOrder(body: OrderBody): Promise<Preview> {
  return readPreview(await order('post', '/api/dead-letter-orders/preview', {}, body));
}

/** Gives an order. */
export async function giveOrder(body: OrderBody, terms: OrderTerms): Promise<Order> {
  const given = readOrder(await order('post', '/api/dead-letter-orders', {}, { ...body, ...terms }));
  await reconChanged();
  return given;
}

/** Decides about an order that was given. @param more beside the reason: what was shown to whoever approves it. */
export async function decideOrder(
  id: string,
  how: 'pause' | 'continue' | 'cancel' | 'approve' | 'refuse',
  reason: string,
  more: Omit<BodyOf<'/api/dead-letter-orders/{id}/approve', 'post'>, 'reason'> = {},
): Promise<void> {
  await order('post', `/api/dead-letter-orders/{id}/${how}`, { id }, { reason, ...more });
  await reconChanged();
}

/** One order, asked for again until it has ended. */
export function useOrder(id: string, ended: boolean): Answer<Order> {
  return useRead('/api/dead-letter-orders/{id}', { id }, readOrder, { keep: true, everyMs: ended ? false : progressEveryMs });
}

/** What orders are filtered by; null: not by this. `by`: the name of whoever gave it. */
export type OrderFilters = Readonly<Record<(typeof orderFilters)[number], string | null>>;

/** Names of {@link OrderFilters} in the address, as recon has them. */
export const orderFilters = ['state', 'action', 'by', 'from', 'to'] as const;

/** The filters of orders that an address has. */
export function orderFiltersOf(filters: OrderFilters): OrderFilters {
  return Object.fromEntries(orderFilters.map((name) => [name, filters[name]])) as OrderFilters;
}

/** Orders, newest first. @param at the page; with `limit` that many. */
export function useOrders(
  filters: OrderFilters,
  at: { readonly after?: string | null; readonly before?: string | null; readonly limit: number },
): Answer<OrderPage> {
  const query = { ...orderFiltersOf(filters), ...at, limit: String(at.limit) };
  return useRead('/api/dead-letter-orders', query, readOrders, { keep: true, everyMs: listEveryMs });
}

/** Letters of an order by what came of them. */
export function useOrderLetters(
  { id, state }: Pick<Order, 'id' | 'state'>,
  kind: string | null,
  at: { readonly after: string | null; readonly before: string | null },
): Answer<ListPage<OrderedLetter>> {
  const parameters = { id, kind, ...at, limit: String(usePageSize()) };
  const everyMs = endedStates.includes(state) ? false : listEveryMs;
  return useRead('/api/dead-letter-orders/{id}/letters', parameters, readOrderedLetters, { keep: true, everyMs });
}
