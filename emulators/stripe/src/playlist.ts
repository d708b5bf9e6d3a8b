import type { ExpectedPayment } from './day-options.js';
import { dayName, keep, kept, stepsOf } from './performance.js';
import type { Performance } from './performance.js';
import type { Store } from './store.js';

/** How far performances are, together. */
export interface PlaylistProgress {
  readonly count: number;
  readonly step: number;
  readonly steps: number;
  readonly payments: number;
  /** Why one of them could not go on. */
  readonly problem?: string;
}

/** What is played, one after the other; kept over a restart. */
export class Playlist {
  private performances: Performance[] = [];

  constructor(private readonly store: Store) {}

  /** Reads what was kept. */
  resume(): void {
    this.performances = kept(this.store);
  }

  /** Forgets everything. The store forgets by itself. */
  reset(): void {
    this.performances = [];
  }

  get hasDay(): boolean {
    return this.performances.some(({ script }) => script === dayName);
  }

  get isEmpty(): boolean {
    return this.performances.length === 0;
  }

  add(performances: readonly Performance[]): void {
    this.store.together(() => {
      for (const performance of performances) {
        keep(this.store, this.performances.length, performance);
        this.performances.push(performance);
      }
    });
  }

  /** The first performance that is neither over nor failed, and its place. */
  current(): { readonly index: number; readonly performance: Performance } | undefined {
    const index = this.performances.findIndex((one) => one.problem === undefined && one.step < stepsOf(one).length);
    const performance = this.performances[index];
    return performance && { index, performance };
  }

  /** Replaces a performance by what has become of it. */
  replace(index: number, performance: Performance): void {
    keep(this.store, index, performance);
    this.performances[index] = performance;
  }

  /** Progress of the day and what belongs to it, or of everything else. */
  progress(ofDay: boolean): PlaylistProgress {
    const own = this.performances.filter((performance) => performance.ofDay === ofDay);
    const problem = own.find((performance) => performance.problem !== undefined)?.problem;
    return {
      count: own.length,
      step: sum(own.map(({ step }) => step)),
      steps: sum(own.map((performance) => stepsOf(performance).length)),
      payments: sum(own.map(({ paid }) => paid.length)),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  /** What a ledger must hold at the end: one receipt per payment that succeeded, or per piece that was captured. */
  expected(): readonly ExpectedPayment[] {
    return this.performances.flatMap(({ paid }) => paid);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
