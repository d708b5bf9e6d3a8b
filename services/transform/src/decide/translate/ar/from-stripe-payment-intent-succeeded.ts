import { events } from '@tributary/contracts';
import { chargeMoney } from './stripe-charge.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { paymentIntentStatuses } from '../../stripe-model/stripe-values.js';
import { facts, ignored } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * payment_intent.succeeded -> ar.payment-confirmed. The money is booked from the charge, so this is never booked.
 * Shape:  1 -> 0..1; an intent whose status is not `succeeded` is ignored.
 * Units:  amount_received is an integer in minor units of the intent's currency.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md section 7.
 */
export const fromStripePaymentIntentSucceeded: Mapper = {
  translate: (event) => {
    const intent = event.object;
    const status = intent.word('status', paymentIntentStatuses);
    if (status !== 'succeeded') return ignored('not-succeeded', `payment intent status ${status}`);
    const paymentIntentId = intent.id('id');
    const customerId = intent.idOrNull('customer');
    return facts({
      event: events.paymentConfirmed,
      value: {
        source: sourceOf(event),
        paymentId: paymentIntentId,
        paymentIntentId,
        chargeId: intent.idOrNull('latest_charge'),
        customerId,
        amount: chargeMoney(intent, intent.integer('amount_received')),
        metadata: intent.metadata(),
      },
      key: customerId ?? paymentIntentId,
      sequence: paymentIntentId,
    });
  },
};
