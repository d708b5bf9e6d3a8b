/** Number of attempts of a message, and the delays between them. */
export interface LadderPolicy {
  /** Delay topics, shortest delay first; the last one repeats. */
  readonly rungs: readonly Rung[];
  /** Attempts of one message before it is dead-lettered, the first one included. */
  readonly maxAttempts: number;
  /** Age since its first failure at which it is dead-lettered, ms. */
  readonly maxAgeMs: number;
}

/** One delay topic of the ladder. */
export interface Rung {
  /** Part of the topic's name. */
  readonly name: string;
  readonly delayMs: number;
}

/** 5 s, 1 m, 10 m, 1 h, then every 6 h. With three quick attempts first, the twelve attempts take about 31 hours. */
export const defaultLadderPolicy: LadderPolicy = {
  rungs: [
    { name: '5s', delayMs: 5_000 },
    { name: '1m', delayMs: 60_000 },
    { name: '10m', delayMs: 600_000 },
    { name: '1h', delayMs: 3_600_000 },
    { name: '6h', delayMs: 21_600_000 },
  ],
  maxAttempts: 12,
  maxAgeMs: 48 * 3_600_000,
};

/** A message whose handler failed. Times are milliseconds. */
export interface FailedMessage {
  readonly disposition: 'retry' | 'reject' | 'hold';
  /** Attempts made, this one included; at least 1. The quick attempts before the first delay count, too. */
  readonly attempts: number;
  /** Times it has been on a delay topic. */
  readonly delayedRetries: number;
  readonly firstFailureAt: number;
  /** Stable error code. */
  readonly code: string;
  /** Delay that the target asked for, ms. */
  readonly retryAfterMs?: number | undefined;
  /** Age at which it is held for an operator instead of retried, ms. */
  readonly holdAfterMs?: number | undefined;
}

/** Where a failed message goes: a delay topic, or the dead letter topic (`held`: an operator decides). */
export type Placement =
  | { readonly place: 'rung'; readonly rung: string; readonly dueAt: number }
  | { readonly place: 'dead'; readonly why: 'rejected' | 'attempts' | 'age' }
  | { readonly place: 'held' };

/**
 * Places a failed message: on the next delay topic (with at least the delay the target asked for, where one is long enough), in the dead
 * letters, or on hold. @param now milliseconds; a due time is never earlier, whatever clock timed the failure.
 */
export function placementOf(failed: FailedMessage, now: number, policy: LadderPolicy): Placement {
  if (failed.disposition === 'hold') return { place: 'held' };
  if (failed.disposition === 'reject') return { place: 'dead', why: 'rejected' };
  const leftMs = failed.holdAfterMs === undefined ? undefined : failed.holdAfterMs - (now - failed.firstFailureAt);
  if (leftMs !== undefined && (leftMs <= 0 || failed.attempts >= policy.maxAttempts)) return { place: 'held' };
  if (failed.attempts >= policy.maxAttempts) return { place: 'dead', why: 'attempts' };
  if (now - failed.firstFailureAt >= policy.maxAgeMs) return { place: 'dead', why: 'age' };
  const longEnough = policy.rungs.findIndex(({ delayMs }) => delayMs >= (failed.retryAfterMs ?? 0));
  const least = longEnough < 0 ? policy.rungs.length - 1 : longEnough;
  const rung = policy.rungs[Math.min(Math.max(failed.delayedRetries, least), longestWithin(policy.rungs, leftMs))];
  if (!rung) return { place: 'dead', why: 'attempts' };
  return { place: 'rung', rung: rung.name, dueAt: now + rung.delayMs };
}

/** Index of the longest delay within `leftMs`, at least the first: a bounded wait must not sleep past its end. */
function longestWithin(rungs: readonly Rung[], leftMs: number | undefined): number {
  if (leftMs === undefined) return rungs.length - 1;
  return Math.max(
    0,
    rungs.findLastIndex(({ delayMs }) => delayMs <= leftMs),
  );
}
