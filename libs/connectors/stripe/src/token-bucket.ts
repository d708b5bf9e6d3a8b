/**
 * Spreads calls over time: `ratePerSecond` on average, never more than `burst` at once.
 * A caller never waits longer than `maxWaitMs`: beyond that it is refused at once, so that a backlog does not wait for another system's
 * rate limit.
 */
export class TokenBucket {
  private tokens: number;
  private updatedAtMs: number;

  constructor(
    private readonly options: { readonly ratePerSecond: number; readonly burst: number; readonly maxWaitMs: number },
    private readonly now: () => number,
  ) {
    this.tokens = options.burst;
    this.updatedAtMs = now();
  }

  /** Takes a token. @returns the wait before it may be used, ms; undefined when that is too long, and then no token was taken. */
  take(): number | undefined {
    const { ratePerSecond, burst, maxWaitMs } = this.options;
    const nowMs = this.now();
    this.tokens = Math.min(burst, this.tokens + ((nowMs - this.updatedAtMs) * ratePerSecond) / 1000);
    this.updatedAtMs = nowMs;
    const waitMs = this.tokens >= 1 ? 0 : ((1 - this.tokens) * 1000) / ratePerSecond;
    if (waitMs > maxWaitMs) return undefined;
    this.tokens -= 1;
    return waitMs;
  }
}
