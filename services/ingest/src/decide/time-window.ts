import { DeliveryRefusedError } from './refusal.js';

/** Accepted age of a signature. */
export interface TimeWindow {
  /** Oldest accepted signature, seconds, inclusive. */
  readonly toleranceS: number;
  /** How far a signature may lie in the future, seconds, inclusive: our clock may run behind Stripe's. */
  readonly futureS: number;
}

/**
 * Refuses a signature outside of its window, so that a copied request cannot be replayed later. Stripe signs every retry again, so no
 * genuine retry is refused by age. Unlike stripe-node this bounds the future too: a signature dated far ahead would never expire.
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
