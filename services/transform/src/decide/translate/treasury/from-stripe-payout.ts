import { events } from '@tributary/contracts';
import { changedFields, sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';
import { payoutKeyAndSequence, payoutOf } from './stripe-payout.js';

/**
 * payout.created, .paid, .failed, .canceled -> the fact of that name.
 * Shape:  1 -> 1. Units, errors: {@link payoutOf}.
 * Source: docs/reference/stripe.md section 10.
 */
const standing = (
  event: typeof events.payoutCreated | typeof events.payoutPaid | typeof events.payoutFailed | typeof events.payoutCancelled,
): Mapper => ({
  translate: (stripeEvent) => {
    const payout = payoutOf(stripeEvent.object);
    return facts({ event, value: { source: sourceOf(stripeEvent), payout }, ...payoutKeyAndSequence(payout) });
  },
});

/** payout.created: a payout is under way; its money has left the balance. */
export const fromStripePayoutCreated = standing(events.payoutCreated);
/** payout.paid: Stripe expects it on the bank account; it can still fail within five business days. */
export const fromStripePayoutPaid = standing(events.payoutPaid);
/** payout.failed: it came back, also after it was paid. */
export const fromStripePayoutFailed = standing(events.payoutFailed);
/** payout.canceled: it was stopped before it left, and the money is in the balance again. */
export const fromStripePayoutCanceled = standing(events.payoutCancelled);

/** payout.updated -> treasury.payout-updated; `changed` names the changed fields. Units, errors: {@link payoutOf}. */
export const fromStripePayoutUpdated: Mapper = {
  translate: (event) => {
    const payout = payoutOf(event.object);
    const value = { source: sourceOf(event), payout, changed: changedFields(event) };
    return facts({ event: events.payoutUpdated, value, ...payoutKeyAndSequence(payout) });
  },
};
