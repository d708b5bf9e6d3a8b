import type { EventDefinition } from '@tributary/contracts';
import type { IgnoredReason } from './ignored-reasons.js';
import type { SettlementPolicy } from './settlement.js';
import type { StripeEvent } from './stripe-event.js';
import type { StripeObject } from './stripe-object.js';

/** What a mapper may be given beside the event, read from the Stripe API. Undefined: not asked for, not there, or no answer. */
export interface Enrichment {
  readonly customer?: StripeObject;
  readonly balanceTransaction?: StripeObject;
  /** The charge as it is now, its balance transaction expanded. */
  readonly charge?: StripeObject;
}

/** What a mapper would like to be given. Always nice to have: each mapper says what it does without. */
export interface Wishes {
  readonly customerId?: string | null;
  /** The customer as it is now, not from a cache: a re-read wins over the snapshot of the event. */
  readonly freshCustomer?: boolean;
  readonly balanceTransactionId?: string | null;
  /** The charge as it is now, with its balance transaction, for a capture whose settlement currency is not known otherwise. */
  readonly chargeId?: string | null;
}

/** One canonical fact, before it gets its event id. */
export interface CanonicalFact<Value = unknown> {
  readonly event: EventDefinition<Value>;
  readonly value: Value;
  /** Record key: the customer, or the payment of a guest. */
  readonly key: string;
  /** The chain that must stay in order: a payment with its refunds, or a customer. */
  readonly sequence: string;
}

export type Translation =
  | { readonly kind: 'facts'; readonly facts: readonly CanonicalFact[] }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly text?: string };

/** Translates one type of Stripe event. Pure. */
export interface Mapper {
  readonly wishes?: (event: StripeEvent, policy: SettlementPolicy) => Wishes;
  readonly translate: (event: StripeEvent, enrichment: Enrichment, policy: SettlementPolicy) => Translation;
}

export function facts<Value>(...made: CanonicalFact<Value>[]): Translation {
  return { kind: 'facts', facts: made as CanonicalFact[] };
}

export function ignored(reason: IgnoredReason, text?: string): Translation {
  return text === undefined ? { kind: 'ignored', reason } : { kind: 'ignored', reason, text };
}
