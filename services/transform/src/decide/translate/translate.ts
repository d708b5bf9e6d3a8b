import type { EventTranslated } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { arMappers } from './ar/ar-mappers.js';
import { billingMappers } from './billing/billing-mappers.js';
import { isEcho, noOwnWrites } from './echo.js';
import type { OwnWrites } from './echo.js';
import type { Enrichment, EnrichmentRequest } from './enrichment.js';
import { ignoredReasons } from './ignored-reasons.js';
import { partyMappers } from './party/party-mappers.js';
import { riskMappers } from './risk/risk-mappers.js';
import { keepsAllCurrencies } from './settlement-policy.js';
import type { SettlementPolicy } from './settlement-policy.js';
import { treasuryMappers } from './treasury/treasury-mappers.js';
import { sourceOf } from '../stripe-model/stripe-event.js';
import type { StripeEvent } from '../stripe-model/stripe-event.js';
import { ignored } from './mapper.js';
import type { CanonicalFact, Mapper, MapperTable, Translation } from './mapper.js';

/** Stripe event type -> mapper, of all domains. A type without a mapper is ignored as `unhandled-type`, recorded and counted (I2). */
export const mappers: MapperTable = { ...partyMappers, ...arMappers, ...billingMappers, ...treasuryMappers, ...riskMappers };

/** A canonical fact with its deterministic event id: translating the same event again makes the same events. */
export type IdentifiedFact = CanonicalFact & { readonly eventId: string };

/** What the translation depends on beside the event and its enrichment. */
export interface TranslateSettings {
  /** How our own writes to Stripe are recognised. */
  readonly own: OwnWrites;
  readonly settlement: SettlementPolicy;
}

/** An installation that writes nothing to Stripe, and whose Stripe account keeps every currency in itself. */
export const plainSettings: TranslateSettings = { own: noOwnWrites, settlement: keepsAllCurrencies };

/** The result of one translation: the facts, and the record of it. */
export interface Translated {
  readonly facts: readonly IdentifiedFact[];
  /** What became of the event; published for each delivery. */
  readonly record: EventTranslated;
}

function mapperOf(type: string): Mapper | undefined {
  return Object.hasOwn(mappers, type) ? mappers[type] : undefined;
}

/** The objects to read from the Stripe API before {@link translate}; none for an echo of our own writes. */
export function enrichmentNeeded(event: StripeEvent, settings: TranslateSettings = plainSettings): readonly EnrichmentRequest[] {
  if (isEcho(event, settings.own)) return [];
  return mapperOf(event.type)?.enrichmentNeeded?.(event, settings.settlement) ?? [];
}

/** The objects to read after the first ones, because of what those say; mostly none. */
export function furtherEnrichment(
  event: StripeEvent,
  known: Enrichment,
  settings: TranslateSettings = plainSettings,
): readonly EnrichmentRequest[] {
  if (isEcho(event, settings.own)) return [];
  return mapperOf(event.type)?.furtherEnrichment?.(event, known) ?? [];
}

/**
 * Translates one Stripe event in the pinned shape into canonical facts and the record of what became of it.
 * @throws {PipelineError} InvalidStripeObjectError when the object is not what its type promises, UnknownStripeValueError when a value that
 * decides about money is unknown, SettlementUnknownError while the settlement currency is unknown, MoneyError for an impossible amount.
 */
export function translate(event: StripeEvent, enrichment: Enrichment, settings: TranslateSettings = plainSettings): Translated {
  const translation = translationOf(event, enrichment, settings);
  if (translation.kind === 'ignored') {
    const { reason, text } = translation;
    return {
      facts: [],
      record: { source: sourceOf(event), canonical: [], ignoredReason: reason, ignoredText: text ?? ignoredReasons[reason] },
    };
  }
  const facts = identified(event.id, translation.facts);
  const canonical = facts.map((fact) => ({ eventId: fact.eventId, eventType: fact.event.type }));
  return { facts, record: { source: sourceOf(event), canonical, ignoredReason: null, ignoredText: null } };
}

function translationOf(event: StripeEvent, enrichment: Enrichment, settings: TranslateSettings): Translation {
  if (isEcho(event, settings.own)) return ignored('echo');
  return (
    mapperOf(event.type)?.translate(event, enrichment, settings.settlement) ?? ignored('unhandled-type', `no mapper for ${event.type}`)
  );
}

/** The ordinal counts facts of one type made from one event. */
function identified(sourceEventId: string, facts: readonly CanonicalFact[]): IdentifiedFact[] {
  const counts = new Map<string, number>();
  return facts.map((fact) => {
    const ordinal = counts.get(fact.event.type) ?? 0;
    counts.set(fact.event.type, ordinal + 1);
    return { ...fact, eventId: derivedEventId(sourceEventId, fact.event.type, ordinal) };
  });
}
