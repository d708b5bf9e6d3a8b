import { events } from '@tributary/contracts';
import { disputeKeyAndSequence, disputeOf, movementOf } from './stripe-dispute.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * charge.dispute.funds_withdrawn -> ar.dispute-funds-withdrawn: Stripe took money back, with a fee in most cases.
 * Shape:  1 -> 1. Units, errors: {@link disputeOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeChargeDisputeFundsWithdrawn: Mapper = {
  translate: (event) => {
    const dispute = disputeOf(event.object);
    return facts({
      event: events.disputeFundsWithdrawn,
      value: { source: sourceOf(event), dispute, settlement: movementOf(event, dispute, -1) },
      ...disputeKeyAndSequence(dispute),
    });
  },
};
