import type { EventDefinition, Source } from '@tributary/contracts';
import { changedFields, sourceOf } from '../stripe-model/stripe-event.js';
import type { StripeEvent } from '../stripe-model/stripe-event.js';
import type { Enrichment, EnrichmentRequest } from './enrichment.js';
import { facts } from './mapper.js';
import type { CanonicalFact, Mapper } from './mapper.js';

/** What a fact says beside its source, and where it belongs. */
export interface Told<Part> extends Pick<CanonicalFact, 'key' | 'sequence'> {
  readonly part: Part;
}

/** How an object is read from an event. */
export interface Reading<Part> {
  readonly enrichmentNeeded?: (event: StripeEvent) => readonly EnrichmentRequest[];
  /** @throws {PipelineError} for an object that has no safe translation. */
  readonly read: (event: StripeEvent, enrichment: Enrichment) => Told<Part>;
}

/** Mapper of an event that tells an object as it was then. Shape: 1 -> 1. */
export function toldAs<Part extends object>(event: EventDefinition<Part & { source: Source }>, { read, ...rest }: Reading<Part>): Mapper {
  return {
    ...rest,
    translate: (stripeEvent, enrichment) => {
      const { part, key, sequence } = read(stripeEvent, enrichment);
      return facts({ event, value: { source: sourceOf(stripeEvent), ...part }, key, sequence });
    },
  };
}

/** Like {@link toldAs}, for a change: `changed` names the changed fields in alphabetical order. */
export function toldAsChanged<Part extends object>(
  event: EventDefinition<Part & { source: Source; changed: string[] }>,
  { read, ...rest }: Reading<Part>,
): Mapper {
  return {
    ...rest,
    translate: (stripeEvent, enrichment) => {
      const { part, key, sequence } = read(stripeEvent, enrichment);
      return facts({ event, value: { source: sourceOf(stripeEvent), ...part, changed: changedFields(stripeEvent) }, key, sequence });
    },
  };
}
