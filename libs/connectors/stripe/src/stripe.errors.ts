import Stripe from 'stripe';

/** What a failed call means for who asked. */
export type Failure = 'absent' | 'refused' | 'unavailable';

/**
 * Reads Stripe's errors; the one place that does.
 * Source: docs/reference/stripe.md section 6. `absent`: 404. `refused`: key or parameters are wrong, asking again will not help.
 * `unavailable`: no answer, 409, 429 or 5xx.
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Stripe.errors.StripeError)) return 'unavailable';
  const status = error.statusCode ?? 0;
  if (status === 404) return 'absent';
  return status >= 400 && status < 500 && status !== 409 && status !== 429 ? 'refused' : 'unavailable';
}

/** One line for the log: kind and status, never a header, key or body (I8). */
export function reasonOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError)
    return `${error.type}${error.statusCode === undefined ? '' : ` (HTTP ${error.statusCode})`}`;
  return error instanceof Error ? error.name : 'unknown';
}
