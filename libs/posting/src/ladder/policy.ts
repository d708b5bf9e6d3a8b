/** How long and how often a message is tried again. */
export interface LadderPolicy {
  /** Rungs, shortest first; the last one repeats. `name` is part of the delay topic's name. */
  readonly rungs: readonly Rung[];
  /** Attempts of one message before it is dead-lettered, the first one included. */
  readonly maxAttempts: number;
  /** Since its first failure, ms. */
  readonly maxAgeMs: number;
}

export interface Rung {
  readonly name: string;
  readonly delayMs: number;
}

/** 5 s, 1 m, 10 m, 1 h, then every 6 h. Three quick attempts come before the first rung, and each rung is one: twelve are 31 hours. */
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

/** What is known of a message that failed. Times are milliseconds. */
export interface FailedMessage {
  readonly disposition: 'retry' | 'reject' | 'hold';
  /** Attempts made, this one included; at least 1. Attempts in quick succession before the first rung count, too. */
  readonly attempts: number;
  /** Rungs it has been on. */
  readonly climbs: number;
  readonly firstFailureAt: number;
  /** Stable error code. */
  readonly code: string;
  /** How long the other side said to wait, ms. */
  readonly retryAfterMs?: number | undefined;
  /** Age at which it is held for a person instead of being tried again, ms. */
  readonly holdAfterMs?: number | undefined;
}

/** Where a failed message goes. */
export type Placement =
  | { readonly place: 'rung'; readonly rung: string; readonly dueAt: number }
  | { readonly place: 'dead'; readonly why: 'rejected' | 'attempts' | 'age' }
  | { readonly place: 'held' };

/**
 * The next rung (one that is as long as the other side said to wait, if there is one), the dead letters, or a person's hands.
 * @param now milliseconds; a due time is never before it, whatever clock the failure was timed with.
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
  const rung = policy.rungs[Math.min(Math.max(failed.climbs, least), longestWithin(policy.rungs, leftMs))];
  if (!rung) return { place: 'dead', why: 'attempts' };
  return { place: 'rung', rung: rung.name, dueAt: now + rung.delayMs };
}

/** Index of the longest rung that does not outlast `leftMs` (at least the first one): a wait with an end is not slept through. */
function longestWithin(rungs: readonly Rung[], leftMs: number | undefined): number {
  if (leftMs === undefined) return rungs.length - 1;
  return Math.max(
    0,
    rungs.findLastIndex(({ delayMs }) => delayMs <= leftMs),
  );
}
