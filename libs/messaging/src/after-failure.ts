import { dispositionOf, retryAfterMsOf } from '@tributary/domain';
import type { Disposition } from '@tributary/domain';
import { failureOf } from './failure.js';
import type { QueuedMessage } from './queued-message.js';
import { nextRetryMs, retryAfterDelayMs } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';

/** The step after a failed attempt: wait for the target, retry after a delay, or give the message up. */
export type NextStep = { readonly kind: 'pause' } | { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'give-up' };

/** Counts a failed attempt, unless it consumes none, and decides what follows. @param now milliseconds. */
export function afterFailure(item: QueuedMessage, error: unknown, policy: RetryPolicy, now: number): NextStep {
  // A given-up message that cannot be written now (Kafka or the parking lot is unavailable) waits like everything else that needs them.
  const disposition = item.terminalFailure ? 'pause' : dispositionOf(error);
  if (disposition === 'pause') return { kind: 'pause' };
  // A pause is not a failure of the message: neither its attempts nor its age start with it.
  if (item.firstFailureAt === 0) item.firstFailureAt = now;
  const delayMs = retryDelayMs(item, error, disposition, policy, now - item.firstFailureAt);
  if (delayMs !== undefined) return { kind: 'retry', delayMs };
  item.terminalFailure = failureOf(error, disposition, { attempts: item.failures, firstAt: item.firstFailureAt, lastAt: now });
  return { kind: 'give-up' };
}

/** The delay before the next attempt, milliseconds; undefined when the message is given up. */
function retryDelayMs(
  item: QueuedMessage,
  error: unknown,
  disposition: Disposition,
  policy: RetryPolicy,
  ageMs: number,
): number | undefined {
  const requestedMs = retryAfterMsOf(error);
  const retryAfterMs = requestedMs === undefined ? undefined : retryAfterDelayMs(policy, requestedMs, ageMs);
  if (retryAfterMs !== undefined) return retryAfterMs;
  item.failures += 1;
  // The target asked for a longer delay than this key may be held back: the message goes to the ladder.
  return disposition === 'retry' && requestedMs === undefined && !item.skipQuickRetries
    ? nextRetryMs(policy, item.failures, ageMs)
    : undefined;
}
