import { storableTime } from '../../shared/decide/storable-text.js';

/** What a message says about its Stripe event beside its own content. */
export interface EventSubject {
  /** Stripe customer that the event is about; null: none, or the message does not tell. */
  readonly customerId: string | null;
  /** When it happened in Stripe; null: the message does not tell. */
  readonly occurredAt: Date | null;
}

const customerKey = /^cus_[A-Za-z0-9_-]{1,250}$/;

/**
 * @param key record key, or id of a customer: topics about customers have the customer's id as their key, for guests that of the payment.
 * @param occurredAtMs undefined or not a number: unknown.
 */
export function eventSubject(key: string | null | undefined, occurredAtMs?: number): EventSubject {
  const known = occurredAtMs !== undefined && !Number.isNaN(occurredAtMs);
  return {
    customerId: typeof key === 'string' && customerKey.test(key) ? key : null,
    occurredAt: known ? storableTime(occurredAtMs, new Date(0)) : null,
  };
}
