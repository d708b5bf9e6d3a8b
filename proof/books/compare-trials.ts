import type { CellResult } from './results.js';
import { linesText, summed } from './trial.js';
import type { Line } from './trial.js';

/** What the ledgers say of the same cases. */
export interface TrialComparison {
  /** Targets whose trial balances are compared. */
  readonly targets: readonly string[];
  /** Cases that all of them book. */
  readonly cells: readonly string[];
  /** Cases that a ledger books otherwise, with the reason that its golden file gives. */
  readonly own: readonly string[];
  /** One sentence for each case whose trial balances differ. */
  readonly differences: readonly string[];
  /** Sum over the compared cases in the first ledger, by role. */
  readonly sum: string;
}

/** Compares the trial balances of the targets case by case, by role. Only cases that were run in all of them, and that none of them holds. */
export function compareTrials(results: ReadonlyMap<string, readonly CellResult[]>): TrialComparison {
  const targets = [...results.keys()];
  const [first = [], ...others] = [...results.values()];
  const own: string[] = [];
  const cells: string[] = [];
  const differences: string[] = [];
  const lines: Line[] = [];
  for (const { golden, trial } of first) {
    const { cell } = golden;
    const all = [golden, ...others.flatMap((one) => one.flatMap((result) => (result.golden.cell === cell ? [result.golden] : [])))];
    if (all.length < targets.length || all.some(({ interface: state }) => state.startsWith('held'))) continue;
    const reasons = all.flatMap(({ erp, ownTrial }) => (ownTrial ? [`${cell} in ${erp}: ${ownTrial}`] : []));
    own.push(...reasons);
    if (reasons.length > 0) continue;
    cells.push(cell);
    lines.push(...trial);
    for (const [index, one] of others.entries()) {
      const got = linesText(one.find((result) => result.golden.cell === cell)?.trial ?? []);
      if (got !== linesText(trial)) differences.push(`${cell}: ${targets[index + 1]} has ${got}, ${targets[0]} has ${linesText(trial)}`);
    }
  }
  return { targets, cells, own, differences, sum: linesText(summed(lines)) };
}
