import type { EventTranslated } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { isEcho, noOwnWrites } from './echo.js';
import type { OwnWrites } from './echo.js';
import { fromStripeChargeCaptured } from './from-stripe-charge-captured.js';
import { fromStripeChargeDisputeClosed } from './from-stripe-charge-dispute-closed.js';
import { fromStripeChargeDisputeCreated } from './from-stripe-charge-dispute-created.js';
import { fromStripeChargeDisputeFundsReinstated } from './from-stripe-charge-dispute-funds-reinstated.js';
import { fromStripeChargeDisputeFundsWithdrawn } from './from-stripe-charge-dispute-funds-withdrawn.js';
import { fromStripeChargeDisputeUpdated } from './from-stripe-charge-dispute-updated.js';
import { fromStripeChargeFailed } from './from-stripe-charge-failed.js';
import { fromStripeChargeRefunded } from './from-stripe-charge-refunded.js';
import { fromStripeChargeSucceeded } from './from-stripe-charge-succeeded.js';
import { fromStripeChargeUpdated } from './from-stripe-charge-updated.js';
import { fromStripeCustomerCreated } from './from-stripe-customer-created.js';
import { fromStripeCustomerDeleted } from './from-stripe-customer-deleted.js';
import { fromStripeCustomerUpdated } from './from-stripe-customer-updated.js';
import { fromStripePaymentIntentSucceeded } from './from-stripe-payment-intent-succeeded.js';
import { fromStripeRefundCreated } from './from-stripe-refund-created.js';
import { fromStripeRefundFailed } from './from-stripe-refund-failed.js';
import { fromStripeRefundUpdated } from './from-stripe-refund-updated.js';
import { ignoredReasons } from './ignored-reasons.js';
import { keepsAllCurrencies } from './settlement.js';
import type { SettlementPolicy } from './settlement.js';
import { sourceOf } from './stripe-event.js';
import type { StripeEvent } from './stripe-event.js';
import { ignored } from './translation.js';
import type { CanonicalFact, Enrichment, Mapper, Translation, Wishes } from './translation.js';

/** Stripe event type -> mapper. What is not here is ignored as `unhandled-type`, recorded and counted (I2). */
export const mappers: Readonly<Record<string, Mapper>> = {
  'customer.created': fromStripeCustomerCreated,
  'customer.updated': fromStripeCustomerUpdated,
  'customer.deleted': fromStripeCustomerDeleted,
  'charge.succeeded': fromStripeChargeSucceeded,
  'charge.captured': fromStripeChargeCaptured,
  'charge.updated': fromStripeChargeUpdated,
  'charge.failed': fromStripeChargeFailed,
  'charge.refunded': fromStripeChargeRefunded,
  'charge.dispute.created': fromStripeChargeDisputeCreated,
  'charge.dispute.funds_withdrawn': fromStripeChargeDisputeFundsWithdrawn,
  'charge.dispute.updated': fromStripeChargeDisputeUpdated,
  'charge.dispute.funds_reinstated': fromStripeChargeDisputeFundsReinstated,
  'charge.dispute.closed': fromStripeChargeDisputeClosed,
  'refund.created': fromStripeRefundCreated,
  'refund.updated': fromStripeRefundUpdated,
  'refund.failed': fromStripeRefundFailed,
  'payment_intent.succeeded': fromStripePaymentIntentSucceeded,
};

/** A canonical fact with its deterministic event id: translating the same event again makes the same events. */
export type IdentifiedFact = CanonicalFact & { readonly eventId: string };

/** What translating depends on beside the event and what was read for it. */
export interface TranslateSettings {
  /** What this installation writes to Stripe itself. */
  readonly own: OwnWrites;
  readonly settlement: SettlementPolicy;
}

/** Writes nothing to Stripe, and every currency is kept in itself. */
export const plainSettings: TranslateSettings = { own: noOwnWrites, settlement: keepsAllCurrencies };

export interface Translated {
  readonly facts: readonly IdentifiedFact[];
  /** What became of the event; published for each delivery. */
  readonly record: EventTranslated;
}

function mapperOf(type: string): Mapper | undefined {
  return Object.hasOwn(mappers, type) ? mappers[type] : undefined;
}

/** What the event's mapper would like to read from the Stripe API before it translates; nothing for an echo. */
export function wishesOf(event: StripeEvent, settings: TranslateSettings = plainSettings): Wishes {
  if (isEcho(event, settings.own)) return {};
  return mapperOf(event.type)?.wishes?.(event, settings.settlement) ?? {};
}

/**
 * Translates one Stripe event (already in the pinned shape) into canonical facts and the record of what became of it.
 * @throws {InvalidStripeObjectError} when the object is not what its type promises.
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
