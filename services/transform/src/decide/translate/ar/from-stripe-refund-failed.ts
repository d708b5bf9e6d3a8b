import { events } from '@tributary/contracts';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { creditNotesOfRefund, refundEnrichment, refundKeyAndSequence, refundOf } from './stripe-refund.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * refund.failed -> ar.refund-failed. Up to 30 days after it succeeded: the money came back, the customer must be paid another way.
 * Shape, units, errors: {@link refundOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeRefundFailed: Mapper = {
  enrichmentNeeded: refundEnrichment,
  furtherEnrichment: creditNotesOfRefund,
  translate: (event, enrichment) => {
    const refund = refundOf(event.object, enrichment);
    return facts({ event: events.refundFailed, value: { source: sourceOf(event), refund }, ...refundKeyAndSequence(refund) });
  },
};
