/** Scope and threshold of the circuit breaker, which opens on failures with disposition `pause`. */
export interface BreakerOptions {
  /** `partition` (default): each partition has its own breaker. `consumer`: all share one, because they have one target. */
  readonly scope?: 'partition' | 'consumer';
  /** Failures in a row after which it opens. Default 1. */
  readonly failuresToOpen?: number;
}
