import { events, topics } from '@tributary/contracts';
import type { EventRouted } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import type { RoutingResult, RoutedFact } from '@tributary/mapping';
import { outgoing } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';
import type { Translated } from '../decide/translate/translate.js';

/** Header that names the missing objects which a fact was made without. */
export const enrichmentHeader = 'tributary_enrichment';

/** Canonical facts first, then the event that records the translation, so that its readers find the facts already published (I2). */
export function publicationsOfTranslation(
  sourceEventId: string,
  { facts, record }: Translated,
  key: string,
  missingEnrichment: string | undefined,
): Outgoing[] {
  const marked = missingEnrichment === undefined ? {} : { headers: { [enrichmentHeader]: missingEnrichment } };
  return [
    ...facts.map((fact) =>
      outgoing({
        event: fact.event,
        key: fact.key,
        id: fact.eventId,
        value: fact.value,
        sequence: fact.sequence,
        sourceEventId,
        ...marked,
      }),
    ),
    outgoing({
      event: events.eventTranslated,
      key,
      id: derivedEventId(sourceEventId, events.eventTranslated.type),
      value: record,
      sequence: key,
      sourceEventId,
    }),
  ];
}

/** Posting requests first, then the event that records the routing. */
export function publicationsOfRouting(fact: RoutedFact, { postings, ignoredReason, ...routed }: RoutingResult, key: string): Outgoing[] {
  const { sourceEventId, sequence } = fact;
  const record: EventRouted = {
    sourceEventId,
    canonicalEventId: fact.eventId,
    canonicalType: fact.eventType,
    postings: postings.map(({ requestId, request: { postingKey, target, kind } }) => ({ requestId, postingKey, target, kind })),
    ignoredReason,
    ignoredText: 'ignoredText' in routed ? routed.ignoredText : null,
  };
  return [
    ...postings.map(({ requestId, request }) =>
      outgoing({
        event: events.postingRequested,
        topic: topics.postings(request.target),
        key,
        id: requestId,
        value: request,
        sequence,
        sourceEventId,
      }),
    ),
    outgoing({
      event: events.eventRouted,
      key,
      id: derivedEventId(fact.eventId, events.eventRouted.type),
      value: record,
      sequence,
      sourceEventId,
    }),
  ];
}
