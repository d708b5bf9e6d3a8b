import type { Store } from './store.js';

/** Movements that belong to no scenario. */
export const accountGroup = 'account';

/** Name of the note in the store. */
const offsetNote = 'time-offset';

/**
 * The account's time. It is the clock's, moved forward by what tests asked for (as Stripe's test clocks do), or, while a scenario runs
 * one of its steps, the moment that the step plays at. Kept over a restart.
 */
export class Timeline {
  private moment: { readonly ms: number; readonly group: string } | undefined;

  constructor(
    private readonly store: Store,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Milliseconds since the epoch. */
  now(): number {
    return this.moment?.ms ?? this.clock() + ((this.store.noted(offsetNote) as number | undefined) ?? 0);
  }

  /** Seconds since the epoch, as Stripe's objects have them. */
  seconds(): number {
    return Math.floor(this.now() / 1_000);
  }

  /** Whose movements are being made: a scenario's, or those of the account. */
  get group(): string {
    return this.moment?.group ?? accountGroup;
  }

  /** Runs something as of a moment, ms since the epoch; its movements belong to `group`. */
  at<Result>(ms: number, group: string, run: () => Result): Result {
    const before = this.moment;
    this.moment = { ms, group };
    try {
      return run();
    } finally {
      this.moment = before;
    }
  }

  /** Moves the account's time forward. @param ms more than 0. @returns the new time. */
  advance(ms: number): number {
    this.store.note(offsetNote, ((this.store.noted(offsetNote) as number | undefined) ?? 0) + ms);
    return this.now();
  }
}
