/** Notices that this process was suspended: in a long garbage collection, in a frozen container, on a machine without a core to spare. */
export class Suspensions {
  private lookedAt: number;
  private since = 0;

  /** @param longerThanMs looks have to follow each other faster than this. @param now ms. */
  constructor(
    private readonly longerThanMs: number,
    now: number,
  ) {
    this.lookedAt = now;
  }

  /** To be called often. @returns when the process ran again after the latest suspension, ms; 0: there was none. */
  look(now: number): number {
    if (now - this.lookedAt > this.longerThanMs) this.since = now;
    this.lookedAt = now;
    return this.since;
  }
}
