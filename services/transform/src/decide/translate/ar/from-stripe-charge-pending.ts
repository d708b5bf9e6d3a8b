import { events } from '@tributary/contracts';
import { toldAs } from '../told.js';
import { chargeIdentity, chargeMoney, paymentMethodOf } from './stripe-charge.js';

/**
 * charge.pending -> ar.payment-pending: a bank debit or transfer is on its way and may still fail. Nothing is booked.
 * Shape:  1 -> 1. Units: minor units of the charge's currency.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md section 7.
 */
export const fromStripeChargePending = toldAs(events.paymentPending, {
  read: ({ object: charge }) => {
    const { key, ...identity } = chargeIdentity(charge);
    const amount = chargeMoney(charge, charge.integer('amount'));
    return {
      part: { ...identity, amount, method: paymentMethodOf(charge), metadata: charge.metadata() },
      key,
      sequence: identity.paymentId,
    };
  },
});
