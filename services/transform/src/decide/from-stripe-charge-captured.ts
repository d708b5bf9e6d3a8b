import { paymentReceived, paymentWishes } from './payment-received.js';
import type { Mapper } from './translation.js';

/**
 * charge.captured -> ar.payment-received over `amount_captured`, which may be less than was authorised.
 * Sent only for charges that were authorised first, so no charge is told as received twice.
 * Shape, units, errors, source: {@link paymentReceived}.
 */
export const fromStripeChargeCaptured: Mapper = { wishes: paymentWishes, translate: paymentReceived };
