/** How often and how long one message is tried again in process before it is dead-lettered. */
export interface RetryPolicy {
  /** Waits before attempt 2, 3, ...; the last one repeats. */
  readonly delaysMs: readonly number[];
  readonly maxAttempts: number;
  /** Since the first failure. */
  readonly maxAgeMs: number;
  /** Waits while a whole partition is held (disposition `pause`); the last one repeats, for ever. */
  readonly pauseDelaysMs: readonly number[];
}

export const defaultRetryPolicy: RetryPolicy = {
  delaysMs: [200, 1_000, 5_000, 15_000, 30_000],
  maxAttempts: 8,
  maxAgeMs: 300_000,
  pauseDelaysMs: [1_000, 2_000, 5_000, 10_000, 30_000],
};

/** The wait before the next attempt, or undefined when there is none. @param failures so far, at least 1. */
export function nextRetryMs(policy: RetryPolicy, failures: number, ageMs: number): number | undefined {
  if (failures >= policy.maxAttempts || ageMs >= policy.maxAgeMs) return undefined;
  return policy.delaysMs[Math.min(failures, policy.delaysMs.length) - 1] ?? 0;
}

/** The wait before a held partition is probed again. @param holds in a row, at least 1. */
export function nextProbeMs(policy: RetryPolicy, holds: number): number {
  return policy.pauseDelaysMs[Math.min(holds, policy.pauseDelaysMs.length) - 1] ?? 1_000;
}

/** More than `maxRejects` rejects among the last `window` messages stop the group: then it is us who are wrong, not the messages. */
export class RejectGuard {
  private readonly recent: boolean[] = [];
  private rejects = 0;

  constructor(
    private readonly maxRejects: number,
    private readonly window: number,
  ) {}

  /** @returns true when the group has to stop. */
  record(rejected: boolean): boolean {
    this.recent.push(rejected);
    if (rejected) this.rejects += 1;
    if (this.recent.length > this.window && this.recent.shift()) this.rejects -= 1;
    return this.rejects > this.maxRejects;
  }
}
