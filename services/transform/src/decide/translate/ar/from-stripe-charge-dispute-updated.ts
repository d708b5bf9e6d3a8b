import { events } from '@tributary/contracts';
import { disputeKeyAndSequence, disputeOf } from './stripe-dispute.js';
import { changedFields, sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * charge.dispute.updated -> ar.dispute-updated, with the names of the changed fields in alphabetical order.
 * Shape:  1 -> 1. Units, errors: {@link disputeOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeChargeDisputeUpdated: Mapper = {
  translate: (event) => {
    const dispute = disputeOf(event.object);
    return facts({
      event: events.disputeUpdated,
      value: { source: sourceOf(event), dispute, changed: changedFields(event) },
      ...disputeKeyAndSequence(dispute),
    });
  },
};
