import { events } from '@tributary/contracts';
import type { RefundCreated } from '@tributary/contracts';
import { sourceOf } from './stripe-event.js';
import type { StripeEvent } from './stripe-event.js';
import type { StripeObject } from './stripe-object.js';
import { refundOf, refundPlace } from './stripe-refund.js';
import { facts, ignored } from './translation.js';
import type { CanonicalFact, Mapper } from './translation.js';

/**
 * charge.refunded -> one ar.refund-created per refund that is embedded and new; without embedded refunds ignored.
 * Shape:  1 -> 0..n. Until API 2022-11-15 the charge embeds its refunds, newest first, at most ten: those that
 *         previous_attributes lists were told by an earlier event. A refund is known by its refund id, so telling one twice
 *         asks for one document twice, never for two (I3).
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md sections 1 (shape changes) and 11 ("Handling both books the refund twice").
 */
export const fromStripeChargeRefunded: Mapper = {
  translate: (event) => {
    const made = newRefunds(event).map((refund) => factOf(event, refund));
    return made.length === 0 ? ignored('refund-total-only') : facts(...made);
  },
};

function newRefunds(event: StripeEvent): StripeObject[] {
  const before = new Set(event.previous?.listOf('refunds').map((refund) => refund.text('id')));
  return event.object.listOf('refunds').filter((refund) => !before.has(refund.text('id')));
}

function factOf(event: StripeEvent, embedded: StripeObject): CanonicalFact<RefundCreated> {
  const refund = refundOf(embedded, undefined);
  return {
    event: events.refundCreated,
    value: { source: { ...sourceOf(event), objectId: refund.refundId }, refund },
    ...refundPlace(refund),
  };
}
