import { isJsonObject } from '../stripe-object.js';
import type { Json } from '../stripe-event.js';
import type { VersionAdapter } from './version-adapter.js';

/**
 * 2022-11-15: charges no longer embed their refunds. Refunds embedded until then say neither customer nor payment intent;
 * the charge around them does.
 */
export const chargeEmbeddedRefunds: VersionAdapter = {
  name: 'charge-embedded-refunds',
  changedIn: '2022-11-15',
  object: 'charge',
  appliesTo: (charge) => refundsOf(charge).some((refund) => refund.customer === undefined || refund.payment_intent === undefined),
  adapt: (charge) => ({
    ...charge,
    refunds: {
      ...(charge.refunds as Json),
      data: refundsOf(charge).map((refund) => ({
        ...refund,
        charge: refund.charge ?? charge.id,
        customer: refund.customer ?? charge.customer ?? null,
        payment_intent: refund.payment_intent ?? charge.payment_intent ?? null,
      })),
    },
  }),
};

function refundsOf(charge: Json): Json[] {
  const list = charge.refunds;
  return isJsonObject(list) && Array.isArray(list.data) ? list.data.filter(isJsonObject) : [];
}
