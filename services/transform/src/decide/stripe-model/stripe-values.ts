/**
 * Values of the fields by which a mapper decides whether money moved. Stripe's lists are open (docs/reference/stripe.md section 1): a value
 * that is not here is refused ({@link UnknownStripeValueError}), because "unknown" is not "nothing happened".
 */

/** Source: docs/reference/stripe.md section 7. Older names are lifted by `version-adapters/charge-status.ts`. */
export const chargeStatuses = ['succeeded', 'pending', 'failed'] as const;

/** Source: Stripe API reference, "The PaymentIntent object"; `requires_source` and `requires_source_action` before 2019-02-11. */
export const paymentIntentStatuses = [
  'succeeded',
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
  'processing',
  'canceled',
  'requires_source',
  'requires_source_action',
] as const;

/** Source: docs/reference/stripe.md section 11. Refunds of old API versions have no status. */
export const refundStatuses = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const;

/** Source: docs/reference/stripe.md section 11; `charge_refunded` until API 2022-11-15 [known]. */
export const disputeStatuses = [
  'needs_response',
  'under_review',
  'won',
  'lost',
  'prevented',
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'appeal_needs_response',
  'appeal_under_review',
  'charge_refunded',
] as const;

/** Source: docs/reference/stripe.md section 10. */
export const payoutStatuses = ['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const;

/** Source: docs/reference/stripe.md section 12. */
export const invoiceStatuses = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;

/** Source: Stripe API reference, "The Credit Note object". */
export const creditNoteStatuses = ['issued', 'void'] as const;

/** Source: docs/reference/stripe.md section 7. */
export const checkoutPaymentStatuses = ['paid', 'unpaid', 'no_payment_required'] as const;
