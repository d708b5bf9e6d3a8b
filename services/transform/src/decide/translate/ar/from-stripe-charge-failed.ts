import { events } from '@tributary/contracts';
import { chargeIdentity, chargeMoney } from './stripe-charge.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * charge.failed -> ar.payment-failed. No money moved; blocked by Radar and refused by the bank are both failures.
 * Shape:  1 -> 1.
 * Units:  amount is what was tried, in minor units of the charge's currency.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md sections 7 and 11 (outcome).
 */
export const fromStripeChargeFailed: Mapper = {
  translate: (event) => {
    const charge = event.object;
    const { key, chargeId, customerId, paymentId } = chargeIdentity(charge);
    return facts({
      event: events.paymentFailed,
      value: {
        source: sourceOf(event),
        paymentId,
        chargeId,
        customerId,
        amount: chargeMoney(charge, charge.integer('amount')),
        failureCode: charge.textOrNull('failure_code'),
        failureText: charge.textOrNull('failure_message'),
      },
      key,
      sequence: paymentId,
    });
  },
};
