import { events } from '@tributary/contracts';
import type { PaymentReceived } from '@tributary/contracts';
import type { CaptureReading } from './captures.js';
import { settlementEnrichment, settlementOfCapture } from './settlement.js';
import type { SettlementPolicy } from '../settlement-policy.js';
import { saleOfCharge } from './sale.js';
import { chargeIdentity, chargeMoney, payerOf, paymentMethodOf } from './stripe-charge.js';
import { customerOf } from '../party/stripe-customer.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import { requestFor } from '../enrichment.js';
import type { Enrichment, EnrichmentRequest } from '../enrichment.js';
import { facts, ignored } from '../mapper.js';
import type { Mapper, Translation } from '../mapper.js';

/** The mapper for events that report a capture. @param capture reads the capture from the event. */
export function paymentMapper(capture: (event: StripeEvent) => CaptureReading): Mapper {
  return {
    enrichmentNeeded: (event, policy) => paymentEnrichment(event, capture(event), policy),
    translate: (event, enrichment, policy) => paymentReceived(event, capture(event), enrichment, policy),
  };
}

/** The customer, for matching, and the object that tells the settlement currency. None where no money was captured. */
export function paymentEnrichment(event: StripeEvent, capture: CaptureReading, policy: SettlementPolicy): EnrichmentRequest[] {
  if (capture.kind === 'nothing') return [];
  return [...requestFor('customer', event.object.idOrNull('customer')), ...settlementEnrichment(event, capture.part, policy)];
}

/**
 * One capture of a succeeded charge -> ar.payment-received, gross of fees.
 * Shape:  1 capture -> 1 payment. Events that tell the same capture carry the same charge id and part, so that the posting key is the same
 *         and it is booked once (I3).
 * Units:  the amount is in minor units of charge.currency and is carried over unscaled (I5). receivedAt is when the money became ours: the
 *         time of the event, not of the charge, which for bank debits and late captures is days older.
 * Errors: InvalidStripeObjectError, UnknownStripeValueError, SettlementUnknownError, MoneyError.
 * Source: docs/reference/stripe.md sections 7 (asynchronous capture, guests) and 8.
 */
export function paymentReceived(
  event: StripeEvent,
  capture: CaptureReading,
  enrichment: Enrichment,
  policy: SettlementPolicy,
): Translation {
  if (capture.kind === 'nothing') return ignored(capture.reason, capture.text);
  const charge = event.object;
  const { key, ...identity } = chargeIdentity(charge);
  const amount = chargeMoney(charge, capture.amount);
  const known = enrichment.customer?.raw('deleted') === true ? undefined : enrichment.customer;
  const value: PaymentReceived = {
    source: sourceOf(event),
    ...identity,
    part: capture.part,
    customer: known ? customerOf(known) : null,
    payer: payerOf(charge),
    amount,
    receivedAt: event.createdMs,
    chargedAt: charge.timeMsOrNull('created'),
    saleId: saleOfCharge(charge).id,
    method: paymentMethodOf(charge),
    description: charge.textOrNull('description'),
    ...settlementOfCapture(event, capture.part, enrichment, policy),
    metadata: charge.metadata(),
  };
  return facts({ event: events.paymentReceived, value, key, sequence: identity.paymentId });
}
