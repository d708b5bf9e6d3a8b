import type { FraudWarning, Review } from '@tributary/contracts';
import { InvalidStripeObjectError } from '../../errors.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import type { CanonicalFact } from '../mapper.js';

/** What a warning or a review is about. */
type About = Pick<FraudWarning, 'chargeId' | 'paymentId' | 'paymentIntentId' | 'customerId'>;

/** @throws {InvalidStripeObjectError} when neither payment intent nor charge is named. */
function aboutOf(object: StripeObject): About {
  const chargeId = object.idOrNull('charge');
  const paymentIntentId = object.idOrNull('payment_intent');
  const paymentId = paymentIntentId ?? chargeId;
  if (paymentId === null)
    throw new InvalidStripeObjectError(`reading ${object.path}: charge and payment_intent are both missing, so its payment is unknown`, {
      path: `${object.path}.charge`,
    });
  return { chargeId, paymentId, paymentIntentId, customerId: null };
}

/** An early fraud warning of the card issuer in canonical words. Source: Stripe API reference, "The Early Fraud Warning object". */
export function fraudWarningOf(warning: StripeObject): FraudWarning {
  return {
    warningId: warning.id('id'),
    ...aboutOf(warning),
    fraudType: warning.text('fraud_type'),
    actionable: warning.boolean('actionable'),
    createdAt: warning.timeMs('created'),
  };
}

/** A review of a payment in canonical words. Source: Stripe API reference, "The Review object". */
export function reviewOf(review: StripeObject): Review {
  return {
    reviewId: review.id('id'),
    ...aboutOf(review),
    open: review.boolean('open'),
    openedReason: review.textOrNull('opened_reason'),
    closedReason: review.textOrNull('closed_reason'),
    reason: review.textOrNull('reason'),
    createdAt: review.timeMs('created'),
  };
}

/** Key and sequence of what is about a payment: the payment's. */
export function paymentKeyAndSequence({ paymentId }: About): Pick<CanonicalFact, 'key' | 'sequence'> {
  return { key: paymentId, sequence: paymentId };
}
