/** Limits the messages in work at once over all partitions that share it: the limit of a target. */
export class Semaphore {
  private inUse = 0;
  /** First come, first served: a partition with much to do does not starve the others. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limit: number) {}

  /** @param waiter called when there may be room, if there is none now. */
  tryAcquire(waiter: () => void): boolean {
    if (this.inUse >= this.limit) {
      this.waiting.add(waiter);
      return false;
    }
    this.inUse += 1;
    return true;
  }

  release(): void {
    this.inUse -= 1;
    for (const waiter of this.waiting) {
      if (this.inUse >= this.limit) return;
      this.waiting.delete(waiter);
      waiter();
    }
  }
}
