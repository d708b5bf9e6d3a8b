import type { PostingOutcome } from '@tributary/connector-kit';
import { retryAfterOf } from '@tributary/connector-kit';
import Stripe from 'stripe';

/** What a failed call means for its caller. */
export type Failure = 'absent' | 'refused' | 'unavailable';

/**
 * Reads Stripe's errors; the one place that does.
 * Source: docs/reference/stripe.md section 6. `absent`: 404, or 400 `resource_missing` for a list of what does not exist [known]. `refused`: key or parameters are wrong, asking again will not help.
 * `unavailable`: no answer, 409, 429 or 5xx.
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Stripe.errors.StripeError)) return 'unavailable';
  const status = error.statusCode ?? 0;
  if (status === 404 || error.code === 'resource_missing') return 'absent';
  return status >= 400 && status < 500 && status !== 409 && status !== 429 ? 'refused' : 'unavailable';
}

/** Stripe answered that there is no such object; another 404 is a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 404 && error.code === 'resource_missing';
}

/** Stripe repeats the failure that it keeps for an idempotency key. Source: docs/reference/stripe.md section 6. */
export function isRepeatedFailure(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || (error.statusCode ?? 0) < 500) return false;
  return error.headers?.['idempotent-replayed'] === 'true';
}

/** One line for the log: kind and status, never a header, key or body (I8). */
export function reasonOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError)
    return `${error.type}${error.statusCode === undefined ? '' : ` (HTTP ${error.statusCode})`}`;
  return error instanceof Error ? error.name : 'unknown';
}

/** Errors of a socket that never reached Stripe, or of a request that the egress guard stopped. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'egress.too-late',
]);
/** No Retry-After is documented for Stripe's 429; a proxy in front of it may send one. */
const throttledForMs = 1_000;

/**
 * The outcome of a failed write, as far as it can be known. 500s are indeterminate: Stripe may roll forward.
 * Source: docs/reference/stripe.md section 6.
 */
export function outcomeOf(error: unknown, postingKey: string): PostingOutcome {
  const text = `${postingKey}: ${reasonOf(error)}`;
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === undefined)
    return wasNeverSent(error) ? { kind: 'unavailable', code: 'stripe.unreachable', text } : { kind: 'unknown', text };
  const { statusCode, code } = error;
  if (statusCode === 401 || statusCode === 403) return { kind: 'unauthorised', text };
  if (statusCode === 409 || code === 'lock_timeout') return { kind: 'conflict', text };
  if (statusCode === 429) return { kind: 'throttled', retryAfterMs: retryAfterOfStripe(error) ?? throttledForMs, text };
  if (statusCode >= 500) return { kind: 'unknown', text };
  const field = error.param === undefined ? {} : { field: error.param };
  return { kind: 'rejected', code: `stripe.${code ?? error.type}`, ...field, text };
}

/** How long an answer with 429 asks to wait, ms; undefined for other errors, and when it does not say. */
export function retryAfterOfStripe(error: unknown): number | undefined {
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode !== 429) return undefined;
  return retryAfterOf({ headers: new Headers(error.headers) });
}

function wasNeverSent(error: unknown): boolean {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 6; depth += 1) {
    const { code, detail, cause: next } = cause as { code?: unknown; detail?: unknown; cause?: unknown };
    if (typeof code === 'string' && neverSent.has(code)) return true;
    cause = next ?? detail;
  }
  return false;
}
