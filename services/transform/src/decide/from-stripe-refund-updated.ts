import { events } from '@tributary/contracts';
import { changedFields, sourceOf } from './stripe-event.js';
import { refundOf, refundPlace, refundWishes } from './stripe-refund.js';
import { facts } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * refund.updated -> ar.refund-updated. Status changes and the acquirer reference that comes days later. `changed` names the changed fields in alphabetical order.
 * Shape, units, errors: {@link refundOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeRefundUpdated: Mapper = {
  wishes: refundWishes,
  translate: (event, enrichment) => {
    const refund = refundOf(event.object, enrichment.balanceTransaction);
    return facts({
      event: events.refundUpdated,
      value: { source: sourceOf(event), refund, changed: changedFields(event) },
      ...refundPlace(refund),
    });
  },
};
