import { noRejects, recordEnd } from '@tributary/posting';
import type { RejectGuardPolicy } from '@tributary/posting';

/** How often and how long one message is tried again in process, before the ladder or the dead letters. */
export interface RetryPolicy {
  /** Waits before attempt 2, 3, ...; the last one repeats. */
  readonly delaysMs: readonly number[];
  readonly maxAttempts: number;
  /** Since the first failure. */
  readonly maxAgeMs: number;
  /** Since the first failure, as long as the other side says how long to wait: those waits are no attempts. Default: `maxAgeMs`. */
  readonly toldMaxAgeMs?: number;
  /** Waits while a target takes nothing (disposition `pause`); the last one repeats, for ever. */
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

/** In front of a ladder: what is over in a moment need not wait for the first rung. */
export const quickRetryPolicy: RetryPolicy = {
  delaysMs: [200, 1_000],
  maxAttempts: 3,
  maxAgeMs: 5_000,
  toldMaxAgeMs: 60_000,
  pauseDelaysMs,
};

/** The wait before the next attempt, or undefined when there is none. @param failures so far, at least 1. */
export function nextRetryMs(policy: RetryPolicy, failures: number, ageMs: number): number | undefined {
  if (failures >= policy.maxAttempts || ageMs >= policy.maxAgeMs) return undefined;
  return policy.delaysMs[Math.min(failures, policy.delaysMs.length) - 1] ?? 0;
}

/**
 * The wait that the other side asked for, when a key can be held for so long: it burns no attempt. Undefined: the message is put away, to
 * come back when the time has passed (or to be a dead letter, where there is no ladder).
 */
export function toldRetryMs({ delaysMs, maxAgeMs, toldMaxAgeMs }: RetryPolicy, retryAfterMs: number, ageMs: number): number | undefined {
  const ms = Math.max(retryAfterMs, delaysMs[0] ?? 0);
  return ageMs + ms > (toldMaxAgeMs ?? maxAgeMs) ? undefined : ms;
}

/** Remembers how the last messages ended. */
export class RejectGuard {
  private record = noRejects;

  constructor(private readonly policy: RejectGuardPolicy) {}

  /** @returns true when the group has to stop. */
  end(rejected: boolean): boolean {
    // Nearly always nothing was rejected and nothing is: then there is nothing to count.
    if (!rejected && this.record.rejects === 0) return false;
    const { record, stop } = recordEnd(this.record, rejected, this.policy);
    this.record = record;
    return stop;
  }
}
