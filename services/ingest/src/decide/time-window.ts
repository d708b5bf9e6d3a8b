import { DeliveryRefusedError } from './refusal.js';

export interface TimeWindow {
  /** Oldest accepted signature, seconds, inclusive. */
  readonly toleranceS: number;
  /** How far a signature may lie in the future, seconds, inclusive: our clock may run behind Stripe's. */
  readonly futureS: number;
}

/**
 * A signature is good for a while only, so a copied request cannot be played again later. Stripe signs every retry anew, so no
 * honest retry is refused by age. stripe-node does not bound the future; we do, or a signature made far ahead would never age.
 * @throws {DeliveryRefusedError} stripe.signature-too-old, stripe.signature-from-future
 */
export function checkTimeWindow(timestampS: number, nowS: number, window: TimeWindow): void {
  const ageS = nowS - timestampS;
  if (ageS > window.toleranceS)
    throw new DeliveryRefusedError(
      'stripe.signature-too-old',
      `the signature is ${ageS} s old, older than the ${window.toleranceS} s that are accepted; is the clock right?`,
    );
  if (-ageS > window.futureS)
    throw new DeliveryRefusedError(
      'stripe.signature-from-future',
      `the signature is ${-ageS} s in the future, more than the ${window.futureS} s that are accepted; is the clock right?`,
    );
}
