import { shortReference } from './posting-key.js';

/** Source ids that are not the id of a Stripe customer: a guest, and a Stripe id in a form that a posting key can hold. */
const derived = /^(guest|id):/;
const plain = /^[A-Za-z0-9_.:@+-]{1,200}$/;

/**
 * The source id of a Stripe customer in posting keys. Stripe allows ids of the merchant's own making, so an id need not begin with `cus_`:
 * it stands in the key as it is. An id that a key cannot hold, or that looks like a derived one, gets a readable form and a digest of its own.
 */
export function customerSource(customerId: string): string {
  if (plain.test(customerId) && !derived.test(customerId)) return customerId;
  return `id:${customerId.replace(/[^A-Za-z0-9_.@+-]/g, '_').slice(0, 40)}:${shortReference(customerId, 20)}`;
}

/** The Stripe customer that a source id names; undefined for guests and for ids in derived form. */
export function stripeCustomerOfSource(sourceId: string): string | undefined {
  return derived.test(sourceId) ? undefined : sourceId;
}
