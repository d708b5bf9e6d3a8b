/**
 * Tracks one partition's offsets: delivered, finished, and the prefix that may be committed. Offsets
 * have gaps (compaction, control records), so nothing is ever computed from `offset + 1 == next` (docs/reference/kafkajs.md, 5.1, 5.3).
 */
export class OffsetTracker {
  /** Delivered and not yet in the prefix, ascending. */
  private pending: bigint[] = [];
  private readonly finished = new Set<bigint>();
  private readonly known = new Set<bigint>();
  private next: bigint | undefined;
  private deliveredTo: bigint | undefined;

  /** Takes a delivered offset. @returns false when it is already known (redelivered): it must not be run again. */
  deliver(offset: bigint): boolean {
    if (this.known.has(offset) || (this.next !== undefined && offset < this.next)) return false;
    this.known.add(offset);
    // Nearly always ascending; a redelivery after a lower start is put where it belongs.
    const isLast = this.pending.length === 0 || offset > (this.pending.at(-1) as bigint);
    this.pending.push(offset);
    if (!isLast) this.pending.sort((a, b) => (a < b ? -1 : 1));
    return true;
  }

  /** Marks an offset as finished and moves the prefix as far as it goes. */
  finish(offset: bigint): void {
    if (!this.known.has(offset)) return;
    this.finished.add(offset);
    let moved = 0;
    while (moved < this.pending.length && this.finished.has(this.pending[moved] as bigint)) {
      const done = this.pending[moved] as bigint;
      this.finished.delete(done);
      this.known.delete(done);
      this.next = done + 1n;
      moved += 1;
    }
    if (moved > 0) this.pending = this.pending.slice(moved);
    this.passTrailing();
  }

  /** Everything up to `last` was delivered. Covers trailing control records, which no handler finishes. */
  endOfBatch(last: bigint): void {
    if (this.deliveredTo === undefined || last > this.deliveredTo) this.deliveredTo = last;
    this.passTrailing();
  }

  /** Extends the prefix to the end of the delivered offsets when nothing is pending. */
  private passTrailing(): void {
    if (this.pending.length > 0 || this.deliveredTo === undefined) return;
    if (this.next === undefined || this.deliveredTo + 1n > this.next) this.next = this.deliveredTo + 1n;
  }

  /** The offset to commit (next to be read), or undefined while nothing is finished. */
  get committable(): bigint | undefined {
    return this.next;
  }

  /** Delivered and not finished. */
  get unfinished(): number {
    return this.pending.length - this.finished.size;
  }
}
