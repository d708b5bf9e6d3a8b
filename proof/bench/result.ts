/** Figures of one thing about one subject, one per run, in the order in which they were taken. */
export interface Measure {
  readonly what: string;
  readonly subject: string;
  readonly unit: string;
  readonly samples: readonly number[];
}

/** What was to be reached, and what came out: pair by pair where there is a peer. */
export interface Goal {
  readonly what: string;
  readonly goal: string;
  /** Ratios or figures, as many as runs. */
  readonly samples: readonly number[];
  readonly reached: boolean;
}

/** Measured result of one row. */
export interface RowResult {
  readonly row: string;
  readonly says: string;
  readonly measures: readonly Measure[];
  readonly goals: readonly Goal[];
  /** How it was measured, what was left out, and why. */
  readonly notes: readonly string[];
}

/** Recorded result of a benchmark: circumstances and rows. */
export interface BenchResult {
  readonly commit: string;
  readonly date: string;
  readonly machine: string;
  readonly quick: boolean;
  readonly rows: readonly RowResult[];
}

/** One benchmark: its name, what it measures, and how it runs. */
export interface Row {
  readonly name: string;
  readonly says: string;
  run(options: RowOptions): Promise<Omit<RowResult, 'row' | 'says'>>;
}

/** How a row is run. */
export interface RowOptions {
  /** Short: shows that it works; figures of such a run are not recorded. */
  readonly quick: boolean;
  say(line: string): void;
}

/** What a row returns. @param notes how it was measured, what was left out, and why. */
export function rowResult(measures: readonly Measure[], goals: readonly Goal[], notes: readonly string[]): Omit<RowResult, 'row' | 'says'> {
  return { measures, goals, notes };
}
