import { captureOfPayment } from './captures.js';
import { paymentMapper } from './payment-received.js';

/**
 * charge.succeeded -> ar.payment-received, unless the charge is only authorised (`captured` false): then its captures follow.
 * Shape, units, errors, source: {@link paymentReceived}.
 */
export const fromStripeChargeSucceeded = paymentMapper(captureOfPayment);
