/** When calls to a failing target stop, and how it is probed. */
export interface BreakerPolicy {
  /** Consecutive failures, of any messages, after which nothing more is sent. */
  readonly failuresToOpen: number;
  /** Delays before probe 1, 2, ..., ms; the last one repeats without end. */
  readonly probeDelaysMs: readonly number[];
}

/** Opens at the first failure; probes after 1 s, 2 s, 5 s, 10 s, then every 30 s. */
export const defaultBreakerPolicy: BreakerPolicy = { failuresToOpen: 1, probeDelaysMs: [1_000, 2_000, 5_000, 10_000, 30_000] };

/**
 * State of a circuit breaker.
 * - `closed`: every message may be sent
 * - `open`: no message may be sent before `until`
 * - `half-open`: one message is sent as a probe, and its result decides
 */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Consecutive failures. */
  readonly failures: number;
  /** How often the breaker has opened since it was last closed. */
  readonly opened: number;
  /** When the next probe may be sent, ms; 0 while closed. */
  readonly until: number;
}

/** A breaker that has seen no failure. */
export const closedBreaker: Breaker = { state: 'closed', failures: 0, opened: 0, until: 0 };

/** A message succeeded, or failed for its own reasons: either way the target answered. */
export function breakerPassed(): Breaker {
  return closedBreaker;
}

/** The target failed. @param now milliseconds. */
export function breakerFailed(breaker: Breaker, now: number, policy: BreakerPolicy): Breaker {
  if (breaker.state === 'open') return breaker; // a message that was already in flight when it opened
  const failures = breaker.failures + 1;
  if (breaker.state === 'closed' && failures < policy.failuresToOpen) return { ...breaker, failures };
  const opened = breaker.opened + 1;
  const delay = policy.probeDelaysMs[Math.min(opened, policy.probeDelaysMs.length) - 1] ?? 1_000;
  return { state: 'open', failures, opened, until: now + delay };
}

/** Half-opens a breaker whose delay has passed, so that one probe may be sent. @param now milliseconds. */
export function breakerDue(breaker: Breaker, now: number): Breaker {
  return breaker.state === 'open' && now >= breaker.until ? { ...breaker, state: 'half-open' } : breaker;
}
