import { events } from '@tributary/contracts';
import { disputeKeyAndSequence, disputeOf } from './stripe-dispute.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * charge.dispute.closed -> ar.dispute-closed; `dispute.status` says how it ended.
 * Shape:  1 -> 1. Units, errors: {@link disputeOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeChargeDisputeClosed: Mapper = {
  translate: (event) => {
    const dispute = disputeOf(event.object);
    return facts({ event: events.disputeClosed, value: { source: sourceOf(event), dispute }, ...disputeKeyAndSequence(dispute) });
  },
};
