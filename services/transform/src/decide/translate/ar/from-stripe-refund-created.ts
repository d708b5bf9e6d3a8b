import { events } from '@tributary/contracts';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { creditNotesOfRefund, refundEnrichment, refundKeyAndSequence, refundOf } from './stripe-refund.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * refund.created -> ar.refund-created. The amount of a refund is told here and nowhere else: charge.refunded only tells totals.
 * Shape, units, errors: {@link refundOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeRefundCreated: Mapper = {
  enrichmentNeeded: refundEnrichment,
  furtherEnrichment: creditNotesOfRefund,
  translate: (event, enrichment) => {
    const refund = refundOf(event.object, enrichment);
    return facts({ event: events.refundCreated, value: { source: sourceOf(event), refund }, ...refundKeyAndSequence(refund) });
  },
};
