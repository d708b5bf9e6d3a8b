import { isJsonObject } from '../stripe-object.js';
import type { Json } from '../stripe-event.js';
import type { VersionAdapter } from './version-adapter.js';

/**
 * Charges told before September 2020 have no `amount_captured`. A partial capture was told as a charge over the whole amount with an embedded
 * refund of the rest that was not captured: that refund is no repayment, and `amount - amount_refunded` at the moment of the capture is what
 * was captured. Where the shape leaves open whether money was refunded later or never captured, the field stays absent and the event is
 * refused (`stripe.value-unknown`): the larger amount is never taken.
 * Source: https://github.com/stripe/stripe-go/pull/1185 (when the field came), https://github.com/woocommerce/woocommerce-gateway-stripe/pull/861
 * (how partial captures were told).
 */
export const chargeAmountCaptured: VersionAdapter = {
  name: 'charge-amount-captured',
  // Accounts on 2020-08-27 or older may have told events without it; the next version is 2022-08-01.
  changedIn: '2022-08-01',
  object: undefined,
  appliesTo: (event) => {
    const charge = chargeIn(event);
    return charge !== undefined && charge.amount_captured === undefined && capturedIn(event, charge) !== undefined;
  },
  adapt: (event) => {
    const charge = chargeIn(event) as Json;
    return { ...event, data: { ...(event.data as Json), object: { ...charge, amount_captured: capturedIn(event, charge) } } };
  },
};

function chargeIn(event: Json): Json | undefined {
  const object = isJsonObject(event.data) ? event.data.object : undefined;
  return isJsonObject(object) && object.object === 'charge' ? object : undefined;
}

/** What was captured; undefined when the shape does not say. */
function capturedIn(event: Json, charge: Json): unknown {
  if (charge.captured === false) return 0;
  if (charge.captured !== true) return undefined;
  const refunded = charge.amount_refunded ?? (event.type === 'charge.succeeded' ? 0 : undefined);
  if (refunded === 0) return charge.amount;
  const { amount } = charge;
  if (event.type !== 'charge.captured' || !isWholeNumber(amount) || !isWholeNumber(refunded) || refunded >= amount) return undefined;
  return isRestOfCapture(event, charge, refunded) ? amount - refunded : undefined;
}

/** Whether all that counts as refunded is the rest that this capture left: nothing was refunded before, and the refunds add up to it. */
function isRestOfCapture(event: Json, charge: Json, refunded: number): boolean {
  const amounts = refundsIn(charge).map((refund) => refund.amount);
  const previous = isJsonObject(event.data) ? event.data.previous_attributes : undefined;
  const before = isJsonObject(previous) ? previous.amount_refunded : undefined;
  const noneBefore = before === 0 || (before === undefined && amounts.length === 1);
  return noneBefore && amounts.every(isWholeNumber) && amounts.reduce((sum, amount) => sum + amount, 0) === refunded;
}

function refundsIn(charge: Json): Json[] {
  const list = charge.refunds;
  const data = isJsonObject(list) ? list.data : list;
  return Array.isArray(data) ? data.filter(isJsonObject) : [];
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
