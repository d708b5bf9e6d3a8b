import { captureOfPayment } from './captures.js';
import { paymentMapper } from './payment-received.js';

/**
 * charge.captured -> ar.payment-received over what this capture took, which may be less than was authorised, and less than `amount_captured`
 * where the charge was captured before.
 * Shape, units, errors, source: {@link paymentReceived}.
 */
export const fromStripeChargeCaptured = paymentMapper(captureOfPayment);
