/**
 * Spreads calls over time: `ratePerSecond` on average, never more than `burst` at once.
 * Nobody waits longer than `maxWaitMs`: who would have to is told so at once, so that a backlog does not crawl at the pace of
 * a foreign API.
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

  /** Takes a token. How long to wait before using it, ms; undefined: too long, and nothing was taken. */
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
