import { events } from '@tributary/contracts';
import { sourceOf } from './stripe-event.js';
import { refundOf, refundPlace, refundWishes } from './stripe-refund.js';
import { facts } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * refund.failed -> ar.refund-failed. Up to 30 days after it succeeded: the money came back, the customer must be paid another way.
 * Shape, units, errors: {@link refundOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeRefundFailed: Mapper = {
  wishes: refundWishes,
  translate: (event, enrichment) => {
    const refund = refundOf(event.object, enrichment.balanceTransaction);
    return facts({ event: events.refundFailed, value: { source: sourceOf(event), refund }, ...refundPlace(refund) });
  },
};
