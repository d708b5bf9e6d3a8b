import { PipelineError } from '@tributary/domain';

/** The body is not the Stripe object its type promises: a field is missing or of another type. It can never be translated as it is. */
export class InvalidStripeObjectError extends PipelineError {
  readonly code = 'stripe.object-invalid';
  readonly disposition = 'reject';
}
