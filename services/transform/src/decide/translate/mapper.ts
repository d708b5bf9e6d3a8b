import type { EventDefinition } from '@tributary/contracts';
import type { StripeEvent } from '../stripe-model/stripe-event.js';
import type { Enrichment, EnrichmentRequest } from './enrichment.js';
import type { IgnoredReason } from './ignored-reasons.js';
import type { SettlementPolicy } from './settlement-policy.js';

/** One canonical fact, before it gets its event id. */
export interface CanonicalFact<Value = unknown> {
  readonly event: EventDefinition<Value>;
  readonly value: Value;
  /** Record key: the customer, or the payment of a guest. */
  readonly key: string;
  /** The messages that must stay in order: those of one payment with its refunds, or of one customer. */
  readonly sequence: string;
}

/** What a mapper makes of an event: facts, or the reason why there are none. */
export type Translation =
  | { readonly kind: 'facts'; readonly facts: readonly CanonicalFact[] }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly text?: string };

/** Message translator for one type of Stripe event. Pure. */
export interface Mapper {
  /** Objects to read from the Stripe API before {@link translate}; none where it is missing. */
  readonly enrichmentNeeded?: (event: StripeEvent, policy: SettlementPolicy) => readonly EnrichmentRequest[];
  /** Objects that are known to be needed only when the first ones were read; asked once, after {@link enrichmentNeeded}. */
  readonly furtherEnrichment?: (event: StripeEvent, known: Enrichment) => readonly EnrichmentRequest[];
  /** Turns the event into facts. @throws {PipelineError} for an event that has no safe translation. */
  readonly translate: (event: StripeEvent, enrichment: Enrichment, policy: SettlementPolicy) => Translation;
}

/** Stripe event type -> mapper. Each domain has its own table. */
export type MapperTable = Readonly<Record<string, Mapper>>;

/** The translation into these facts. */
export function facts<Value>(...made: CanonicalFact<Value>[]): Translation {
  return { kind: 'facts', facts: made as CanonicalFact[] };
}

/** The translation into nothing. @param text says more than the reason's own text, about this event. */
export function ignored(reason: IgnoredReason, text?: string): Translation {
  return text === undefined ? { kind: 'ignored', reason } : { kind: 'ignored', reason, text };
}
