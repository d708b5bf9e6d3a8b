import type { StripeObject } from '../stripe-model/stripe-object.js';

/**
 * What enrichment reads. A charge comes with its balance transaction expanded; `failure_transaction` is the balance transaction that brought
 * money back; the kinds in the plural are whole lists, in `data`: `payout_movements` by payout,
 * `charge_refunds` by charge, `invoice_lines`, `credit_note_lines` and `checkout_lines` by the object that they belong to, `payment_checkouts` and
 * `payment_invoices` by payment intent, `invoice_credit_notes` by invoice.
 */
export type EnrichmentKind =
  | 'customer'
  | 'balance_transaction'
  | 'charge'
  | 'failure_transaction'
  | 'payout_movements'
  | 'charge_refunds'
  | 'invoice_lines'
  | 'credit_note_lines'
  | 'checkout_lines'
  | 'payment_checkouts'
  | 'payment_invoices'
  | 'invoice_credit_notes';

/** An object that a mapper asks for before it translates. The fact can be made without it, or the mapper says what happens instead. */
export interface EnrichmentRequest {
  readonly kind: EnrichmentKind;
  readonly id: string;
  /** Read from Stripe now, not from the cache: a re-read wins over the snapshot in the event. */
  readonly fresh?: boolean;
  /** Without an answer the event is retried instead of translated without it. An object that does not exist is an answer. */
  readonly required?: boolean;
}

/** The objects that were read, by kind. A kind is missing when it was not requested, does not exist, or Stripe did not answer. */
export type Enrichment = Readonly<Partial<Record<EnrichmentKind, StripeObject>>>;

/** A request for an object, or none when its id is not known. */
export function requestFor(kind: EnrichmentKind, id: string | null, fresh = false): EnrichmentRequest[] {
  if (id === null) return [];
  return fresh ? [{ kind, id, fresh }] : [{ kind, id }];
}

/** A request for an object that the fact would be wrong without and that never changes in what counts; none when its id is not known. */
export function requiredFor(kind: EnrichmentKind, id: string | null): EnrichmentRequest[] {
  return id === null ? [] : [{ kind, id, required: true }];
}

/** A request for an object that the fact would be wrong without, read as it is now; none when its id is not known. */
export function requiredNow(kind: EnrichmentKind, id: string | null): EnrichmentRequest[] {
  return id === null ? [] : [{ kind, id, fresh: true, required: true }];
}
