import { events } from '@tributary/contracts';
import { changedFields, sourceOf } from '../../stripe-model/stripe-event.js';
import { creditNotesOfRefund, refundEnrichment, refundKeyAndSequence, refundOf } from './stripe-refund.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * refund.updated -> ar.refund-updated. Status changes and the acquirer reference that comes days later. `changed` names the changed fields in alphabetical order.
 * Shape, units, errors: {@link refundOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeRefundUpdated: Mapper = {
  enrichmentNeeded: refundEnrichment,
  furtherEnrichment: creditNotesOfRefund,
  translate: (event, enrichment) => {
    const refund = refundOf(event.object, enrichment);
    return facts({
      event: events.refundUpdated,
      value: { source: sourceOf(event), refund, changed: changedFields(event) },
      ...refundKeyAndSequence(refund),
    });
  },
};
