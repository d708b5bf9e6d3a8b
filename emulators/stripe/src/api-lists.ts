import { asOf } from './balance-transaction.js';
import type { Merchant } from './merchant.js';
import { invalid } from './parameters.js';
import type { Collection, Store, StripeObject } from './store.js';
import { withoutSecret } from './webhook-endpoints.js';

/** A kind of object that can be read and listed. */
export interface Listed {
  readonly collection: Collection;
  /** As Stripe's errors name it. */
  readonly word: string;
  readonly filters: readonly string[];
}

/** Resources by the path of their list. */
export const listed: Readonly<Record<string, Listed>> = {
  customers: { collection: 'customers', word: 'customer', filters: ['email'] },
  payment_intents: { collection: 'payment_intents', word: 'payment_intent', filters: ['customer'] },
  charges: { collection: 'charges', word: 'charge', filters: ['customer', 'payment_intent'] },
  refunds: { collection: 'refunds', word: 'refund', filters: ['charge', 'payment_intent'] },
  disputes: { collection: 'disputes', word: 'dispute', filters: ['charge', 'payment_intent'] },
  'radar/early_fraud_warnings': {
    collection: 'early_fraud_warnings',
    word: 'early_fraud_warning',
    filters: ['charge', 'payment_intent'],
  },
  payouts: { collection: 'payouts', word: 'payout', filters: ['status', 'destination'] },
  balance_transactions: { collection: 'balance_transactions', word: 'balance transaction', filters: ['type', 'currency', 'source'] },
  // Nothing here makes the next four: they are empty, unless tests put objects there.
  'checkout/sessions': { collection: 'checkout_sessions', word: 'checkout.session', filters: ['payment_intent', 'customer'] },
  invoices: { collection: 'invoices', word: 'invoice', filters: ['customer', 'status'] },
  invoice_payments: {
    collection: 'invoice_payments',
    word: 'invoice payment',
    filters: ['invoice', 'payment[type]', 'payment[payment_intent]'],
  },
  credit_notes: { collection: 'credit_notes', word: 'credit note', filters: ['invoice', 'customer'] },
  events: { collection: 'events', word: 'event', filters: ['type'] },
  webhook_endpoints: { collection: 'webhook_endpoints', word: 'webhook endpoint', filters: [] },
};

/** What reading needs. */
export interface Reading {
  readonly query: URLSearchParams;
  readonly store: Store;
  readonly merchant: Merchant;
  pendingWebhooks(event: StripeObject): number;
}

/** The objects of a kind that the query asks for, oldest first. @throws {ApiProblem} 400 for filters that contradict each other. */
export function matching(reading: Reading, { collection, filters }: Listed): StripeObject[] {
  const { query, store, pendingWebhooks } = reading;
  const types = [...query].filter(([name]) => /^types(\[\d*\])?$/.test(name)).map(([, value]) => value);
  if (types.length > 20) throw invalid('types', undefined, 'At most 20 types can be asked for.');
  if (types.length > 0 && query.get('type') !== null)
    throw invalid('types', undefined, 'You may only specify one of these parameters: type, types.');
  // False means that at least one endpoint has not acknowledged it (section 5).
  const delivered = query.get('delivery_success');
  const payout = collection === 'balance_transactions' ? query.get('payout') : null;
  const objects = payout === null ? store.all(collection) : membersOf(reading, payout);
  return objects.filter(
    (object) =>
      object.deleted !== true &&
      filters.every((name) => query.get(name) === null || valueAt(object, name) === query.get(name)) &&
      (types.length === 0 || types.includes(object.type as string)) &&
      (object.object !== 'event' || delivered === null || (delivered === 'true') === (pendingWebhooks(object) === 0)),
  );
}

/** The value that a filter is about: `payment[type]` is a field of a field. */
function valueAt(object: StripeObject, filter: string): unknown {
  const [first = '', second] = filter.replace(']', '').split('[');
  const value = object[first];
  return second === undefined ? value : (value as Record<string, unknown> | undefined)?.[second];
}

/**
 * Balance transactions of an automatic payout. Until it is reconciled the list is not complete (section 10): here the older half of them
 * and the payout's own (assumed). The wording of the refusal is assumed.
 */
function membersOf({ store, merchant }: Reading, payoutId: string): StripeObject[] {
  const payout = merchant.need('payouts', payoutId, 'payout', 'payout');
  if (payout.automatic !== true)
    throw invalid('payout', undefined, 'Balance transaction history can only be filtered on automatic payouts, not manual.');
  const members = merchant.ledger.members(payoutId);
  const own = members.filter(({ id }) => id === payout.balance_transaction);
  const others = members.filter(({ id }) => id !== payout.balance_transaction);
  const known = payout.reconciliation_status === 'completed' ? others : others.slice(0, Math.floor(others.length / 2));
  return [...known, ...own].map(({ id }) => store.get('balance_transactions', id) as StripeObject);
}

/**
 * An object as it is shown now: `pending_webhooks` of an event (section 3), the status of a balance transaction; an endpoint's secret is
 * shown only at its creation.
 */
export function shown(object: StripeObject, { merchant, pendingWebhooks }: Pick<Reading, 'merchant' | 'pendingWebhooks'>): StripeObject {
  if (object.object === 'event') return { ...object, pending_webhooks: pendingWebhooks(object) };
  if (object.object === 'balance_transaction') return asOf(object, merchant.timeline.seconds());
  return object.object === 'webhook_endpoint' ? withoutSecret(object) : object;
}
