/** How many messages may be in work at once, over all partitions that share it: the target's limit, not a partition's. */
export class Slots {
  private inUse = 0;
  /** First come, first served: a partition with much to do does not starve the others. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limit: number) {}

  /** @param waiter called when there may be room, if there is none now. */
  take(waiter: () => void): boolean {
    if (this.inUse >= this.limit) {
      this.waiting.add(waiter);
      return false;
    }
    this.inUse += 1;
    return true;
  }

  give(): void {
    this.inUse -= 1;
    for (const waiter of this.waiting) {
      if (this.inUse >= this.limit) return;
      this.waiting.delete(waiter);
      waiter();
    }
  }
}
