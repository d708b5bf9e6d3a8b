import type { StripeObject } from '../stripe-model/stripe-object.js';

/** Kinds of Stripe objects that enrichment reads. A charge is read with its balance transaction expanded. */
export type EnrichmentKind = 'customer' | 'balance_transaction' | 'charge';

/** An object that a mapper asks for before it translates. The fact can be made without it, or the mapper says what happens instead. */
export interface EnrichmentRequest {
  readonly kind: EnrichmentKind;
  readonly id: string;
  /** Read from Stripe now, not from the cache: a re-read wins over the snapshot in the event. */
  readonly fresh?: boolean;
}

/** The objects that were read, by kind. A kind is missing when it was not requested, does not exist, or Stripe did not answer. */
export type Enrichment = Readonly<Partial<Record<EnrichmentKind, StripeObject>>>;

/** A request for an object, or none when its id is not known. */
export function requestFor(kind: EnrichmentKind, id: string | null, fresh = false): EnrichmentRequest[] {
  if (id === null) return [];
  return fresh ? [{ kind, id, fresh }] : [{ kind, id }];
}
