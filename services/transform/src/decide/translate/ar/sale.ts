import { chargeIdentity } from './stripe-charge.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/** A sale as facts name it. One sale has one id, whichever event tells of it first. */
export interface SaleIdentity {
  readonly id: string;
  readonly kind: 'checkout-session' | 'invoice' | 'order' | 'payment-intent' | 'charge';
}

/** Metadata key under which merchants keep the number of their order. */
export const orderReferenceKey = 'erp_order_ref';

/**
 * The sale that a charge pays: its invoice, else the merchant's order reference, else the payment.
 * A charge does not name its checkout session; the facts of the session do.
 * Source: docs/reference/stripe.md section 7.
 */
export function saleOfCharge(charge: StripeObject): SaleIdentity {
  const invoice = charge.idOrNull('invoice');
  if (invoice !== null) return { id: invoice, kind: 'invoice' };
  const order = charge.metadata()[orderReferenceKey];
  if (order) return { id: order, kind: 'order' };
  const { paymentIntentId, chargeId } = chargeIdentity(charge);
  return paymentIntentId === null ? { id: chargeId, kind: 'charge' } : { id: paymentIntentId, kind: 'payment-intent' };
}
