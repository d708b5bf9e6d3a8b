import { events } from '@tributary/contracts';
import { sourceOf } from './stripe-event.js';
import { refundOf, refundPlace, refundWishes } from './stripe-refund.js';
import { facts } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * refund.created -> ar.refund-created. The amount of a refund is told here and nowhere else: charge.refunded only tells totals.
 * Shape, units, errors: {@link refundOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeRefundCreated: Mapper = {
  wishes: refundWishes,
  translate: (event, enrichment) => {
    const refund = refundOf(event.object, enrichment.balanceTransaction);
    return facts({ event: events.refundCreated, value: { source: sourceOf(event), refund }, ...refundPlace(refund) });
  },
};
