import type { Golden } from './cell.js';
import type { TargetUnderTest } from './targets.js';
import type { Trial } from './trial.js';

/** What the runs of one cell came to. */
export interface CellResult {
  readonly golden: Golden;
  readonly runs: number;
  readonly failed: number;
  /** Calls that write, in the plain run. */
  readonly writes: number;
  /** Trial balance of the plain run. */
  readonly trial: Trial;
}

/** The cells of one target that were run. */
export interface TargetResult {
  readonly target: TargetUnderTest;
  readonly cells: readonly CellResult[];
}

/** The name of a cell for people, with its variant. */
export const cellTitle = ({ cell, variant }: Golden): string => (variant === undefined ? cell : `${cell} (${variant})`);
