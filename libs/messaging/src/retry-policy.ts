/** Limits and delays of the retries in process, before the ladder or the dead letter topic. */
export interface RetryPolicy {
  /** Waits before attempt 2, 3, ...; the last one repeats. */
  readonly delaysMs: readonly number[];
  readonly maxAttempts: number;
  /** Since the first failure. */
  readonly maxAgeMs: number;
  /** Maximum age since the first failure while the other side asks us to wait; such waits consume no attempt. Default: `maxAgeMs`. */
  readonly retryAfterMaxAgeMs?: number;
  /** Delays while a target is unavailable (disposition `pause`); the last one repeats. */
  readonly pauseDelaysMs: readonly number[];
}

const pauseDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/** Without a ladder: a message holds its key for up to five minutes. */
export const defaultRetryPolicy: RetryPolicy = {
  delaysMs: [200, 1_000, 5_000, 15_000, 30_000],
  maxAttempts: 8,
  maxAgeMs: 300_000,
  pauseDelaysMs,
};

/** In front of a ladder: a failure that lasts a moment need not wait for the first delay topic. */
export const quickRetryPolicy: RetryPolicy = {
  delaysMs: [200, 1_000],
  maxAttempts: 3,
  maxAgeMs: 5_000,
  retryAfterMaxAgeMs: 60_000,
  pauseDelaysMs,
};

/** The wait before the next attempt, or undefined when there is none. @param failures so far, at least 1. */
export function nextRetryMs(policy: RetryPolicy, failures: number, ageMs: number): number | undefined {
  if (failures >= policy.maxAttempts || ageMs >= policy.maxAgeMs) return undefined;
  return policy.delaysMs[Math.min(failures, policy.delaysMs.length) - 1] ?? 0;
}

/**
 * The delay that the other side asked for, if its key may be held back that long; it consumes no attempt. Undefined: the message goes to a
 * delay topic, or becomes a dead letter where there is no ladder.
 */
export function retryAfterDelayMs(
  { delaysMs, maxAgeMs, retryAfterMaxAgeMs }: RetryPolicy,
  retryAfterMs: number,
  ageMs: number,
): number | undefined {
  const ms = Math.max(retryAfterMs, delaysMs[0] ?? 0);
  return ageMs + ms > (retryAfterMaxAgeMs ?? maxAgeMs) ? undefined : ms;
}
