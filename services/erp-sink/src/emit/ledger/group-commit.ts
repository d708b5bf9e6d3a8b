/** Limits of the groups, and how works and errors are told apart. */
export interface GroupCommitOptions<Work> {
  /** Two works with the same key never share a group and never run concurrently. */
  keyOf(work: Work): string;
  /** Largest number of works in one group. */
  readonly most: number;
  /** Groups that run concurrently. */
  readonly atOnce: number;
  /** True for an error that no single work caused; the works of the group are then not retried one by one. */
  isEveryones(error: unknown): boolean;
}

/** Result of one work of a group. */
export type Settled<Result> = { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly error: unknown };

interface Waiting<Work, Result> {
  readonly work: Work;
  resolve(value: Result): void;
  reject(error: unknown): void;
}

/**
 * Group commit: works that wait at the same moment share one transaction. While the running groups are in PostgreSQL the next group
 * gathers, so an idle sink delays no work and a busy one needs fewer transactions. When a whole group fails, each of its works is retried
 * alone, so that one that cannot be written does not block the others.
 */
export class GroupCommit<Work, Result> {
  private waiting: Waiting<Work, Result>[] = [];
  private readonly busy = new Set<string>();
  private running = 0;
  private due = false;

  /** @param run one transaction over a group; if it throws, it has written nothing. */
  constructor(
    private readonly run: (group: readonly Work[]) => Promise<readonly Settled<Result>[]>,
    private readonly options: GroupCommitOptions<Work>,
  ) {}

  /** Runs one work in a group. @throws what the transaction threw for this work. */
  do(work: Work): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ work, resolve, reject });
      this.soon();
    });
  }

  /** Starts groups after the current turn of the event loop, so that works that arrived in the same network read share a transaction. */
  private soon(): void {
    if (this.due) return;
    this.due = true;
    setImmediate(() => {
      this.due = false;
      while (this.running < this.options.atOnce && this.start());
    });
  }

  private start(): boolean {
    const group = this.next();
    if (group.length === 0) return false;
    this.running += 1;
    void this.settle(group).finally(() => {
      this.running -= 1;
      for (const { work } of group) this.busy.delete(this.options.keyOf(work));
      this.soon();
    });
    return true;
  }

  private next(): Waiting<Work, Result>[] {
    const group: Waiting<Work, Result>[] = [];
    const later: Waiting<Work, Result>[] = [];
    for (const one of this.waiting) {
      const key = this.options.keyOf(one.work);
      if (group.length >= this.options.most || this.busy.has(key)) later.push(one);
      else {
        this.busy.add(key);
        group.push(one);
      }
    }
    this.waiting = later;
    return group;
  }

  private async settle(group: readonly Waiting<Work, Result>[]): Promise<void> {
    try {
      const results = await this.run(group.map(({ work }) => work));
      group.forEach((one, index) => {
        const result = results[index];
        if (result?.ok) one.resolve(result.value);
        else one.reject(result?.error ?? new TypeError('a transaction left out one of its works'));
      });
    } catch (error) {
      if (group.length > 1 && !this.options.isEveryones(error)) for (const one of group) await this.settle([one]);
      else for (const one of group) one.reject(error);
    }
  }
}
