import { events } from '@tributary/contracts';
import { disputeOf, disputePlace, movementOf } from './stripe-dispute.js';
import { sourceOf } from './stripe-event.js';
import { facts } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * charge.dispute.funds_reinstated -> ar.dispute-funds-reinstated: money that was withdrawn came back.
 * Shape:  1 -> 1. Units, errors: {@link disputeOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeChargeDisputeFundsReinstated: Mapper = {
  translate: (event) => {
    const dispute = disputeOf(event.object);
    return facts({
      event: events.disputeFundsReinstated,
      value: { source: sourceOf(event), dispute, settlement: movementOf(event, dispute, 1) },
      ...disputePlace(dispute),
    });
  },
};
