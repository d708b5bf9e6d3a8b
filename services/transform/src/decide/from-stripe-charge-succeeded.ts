import { paymentReceived, paymentWishes } from './payment-received.js';
import type { Mapper } from './translation.js';

/**
 * charge.succeeded -> ar.payment-received, unless the charge is only authorised (`captured` false): then charge.captured follows.
 * Shape, units, errors, source: {@link paymentReceived}.
 */
export const fromStripeChargeSucceeded: Mapper = { wishes: paymentWishes, translate: paymentReceived };
