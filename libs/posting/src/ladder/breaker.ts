/** When a target that fails is left alone, and how it is tried again. */
export interface BreakerPolicy {
  /** Failures in a row, of whatever messages, after which nothing more is sent. */
  readonly failuresToOpen: number;
  /** Waits before probe 1, 2, ...; the last one repeats, for ever. */
  readonly probeDelaysMs: readonly number[];
}

export const defaultBreakerPolicy: BreakerPolicy = { failuresToOpen: 1, probeDelaysMs: [1_000, 2_000, 5_000, 10_000, 30_000] };

/**
 * - `closed`: everything is let through
 * - `open`: nothing, until `until`
 * - `half-open`: one message is let through as a probe; how it ends decides
 */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Failures in a row. */
  readonly failures: number;
  /** Times it opened since it was closed. */
  readonly opened: number;
  /** When a probe is let through; 0 while closed. */
  readonly until: number;
}

export const closedBreaker: Breaker = { state: 'closed', failures: 0, opened: 0, until: 0 };

/** A message got through, or failed for its own reasons: the target answers. */
export function breakerPassed(): Breaker {
  return closedBreaker;
}

/** The target failed. @param now milliseconds. */
export function breakerFailed(breaker: Breaker, now: number, policy: BreakerPolicy): Breaker {
  if (breaker.state === 'open') return breaker; // of a message that was under way when it opened
  const failures = breaker.failures + 1;
  if (breaker.state === 'closed' && failures < policy.failuresToOpen) return { ...breaker, failures };
  const opened = breaker.opened + 1;
  const delay = policy.probeDelaysMs[Math.min(opened, policy.probeDelaysMs.length) - 1] ?? 1_000;
  return { state: 'open', failures, opened, until: now + delay };
}

/** Its wait is over: one probe may go. @param now milliseconds. */
export function breakerDue(breaker: Breaker, now: number): Breaker {
  return breaker.state === 'open' && now >= breaker.until ? { ...breaker, state: 'half-open' } : breaker;
}
