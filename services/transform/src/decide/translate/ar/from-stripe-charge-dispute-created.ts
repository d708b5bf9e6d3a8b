import { events } from '@tributary/contracts';
import { disputeKeyAndSequence, disputeOf } from './stripe-dispute.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * charge.dispute.created -> ar.dispute-opened. Inquiries (`warning_*`) too: `inquiry` tells them apart, and no money moves by them.
 * Shape:  1 -> 1. Units, errors: {@link disputeOf}.
 * Source: docs/reference/stripe.md section 11.
 */
export const fromStripeChargeDisputeCreated: Mapper = {
  translate: (event) => {
    const dispute = disputeOf(event.object);
    return facts({ event: events.disputeOpened, value: { source: sourceOf(event), dispute }, ...disputeKeyAndSequence(dispute) });
  },
};
