import type { StripeEvent } from './stripe-event.js';

/** Kafka key and sequence of a raw fact. */
export interface FactKeys {
  /** Record key: facts of one customer are processed serially. */
  readonly key: string;
  /** Id of the messages that must stay in order. */
  readonly sequence: string;
}

/**
 * Record key and sequence of a raw fact.
 *
 * Shape:  key = the customer, else the payment (payment intent, else charge), else the object itself, else the event (a balance has
 *         no id). sequence = the payment for everything about one payment, the customer for the customer, else the object.
 *         Refunds and disputes name their payment and often no customer, so their raw facts may lie in another partition than the
 *         payment's. That is safe: dependencies are written in the facts (`dependsOn`), not taken from the order of arrival (I10).
 * Source: docs/architecture.md, keys; docs/reference/stripe.md section 7.
 */
export function keysOf(event: StripeEvent): FactKeys {
  const { object } = event;
  const own = idOf(object);
  const kind = object.object;
  if (kind === 'customer') return same(own ?? event.id);
  const payment = paymentOf(object);
  const customer = idOf(object.customer);
  return {
    key: customer ?? payment ?? own ?? event.id,
    sequence: aboutOnePayment.has(kind)
      ? (payment ?? own ?? event.id)
      : isOfCustomer(kind)
        ? (customer ?? own ?? event.id)
        : (own ?? customer ?? event.id),
  };
}

/** Objects that are steps of one payment. */
const aboutOnePayment = new Set<unknown>([
  'charge',
  'payment_intent',
  'refund',
  'dispute',
  'radar.early_fraud_warning',
  'review',
  'checkout.session',
]);

function isOfCustomer(kind: unknown): boolean {
  return kind === 'tax_id' || kind === 'customer_cash_balance_transaction' || kind === 'cash_balance';
}

function paymentOf(object: Readonly<Record<string, unknown>>): string | undefined {
  if (object.object === 'payment_intent') return idOf(object);
  const intent = idOf(object.payment_intent) ?? idOf(nested(object.payment, 'payment_intent'));
  if (intent !== undefined) return intent;
  return object.object === 'charge' ? idOf(object) : idOf(object.charge);
}

function nested(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The id in a field that is either an id or the object itself (expanded). */
function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' ? nested(value, 'id') : value;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

const same = (id: string): FactKeys => ({ key: id, sequence: id });
