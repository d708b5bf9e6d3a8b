/** How many wrong attempts are allowed within which time, and for how long nothing is tried after that. */
export interface AttemptLimit {
  readonly failures: number;
  readonly withinMs: number;
  readonly lockMs: number;
}

/** For one sign-in name, known or not (OWASP ASVS 5.0, 6.3.1). */
export const limitPerName: AttemptLimit = { failures: 5, withinMs: 15 * 60_000, lockMs: 15 * 60_000 };
/** For one address, over all names: several people may share one. */
export const limitPerAddress: AttemptLimit = { failures: 30, withinMs: 15 * 60_000, lockMs: 15 * 60_000 };

/** What is remembered of one name or address. Times in ms since 1970. */
export interface Attempts {
  /** Times of attempts that failed or have not ended, oldest first. */
  readonly failedAt: readonly number[];
  readonly lockedUntil: number;
}

/** Nothing is known of a name or address. */
export const noAttempts: Attempts = { failedAt: [], lockedUntil: 0 };

/**
 * Counts an attempt before it is made, so that attempts at the same time cannot pass the limit together; one that succeeds is forgotten
 * afterwards. While the lock lasts nothing is counted, so that it ends though somebody goes on trying.
 * @returns whether it may be made, and what to remember.
 */
export function countAttempt(before: Attempts, now: number, limit: AttemptLimit): { readonly allowed: boolean; readonly after: Attempts } {
  if (now < before.lockedUntil) return { allowed: false, after: before };
  const failedAt = [...before.failedAt.filter((at) => at > now - limit.withinMs), now];
  const locked = failedAt.length >= limit.failures;
  return { allowed: true, after: locked ? { failedAt: [], lockedUntil: now + limit.lockMs } : { failedAt, lockedUntil: 0 } };
}
