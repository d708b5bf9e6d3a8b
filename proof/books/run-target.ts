import { goldens } from './cell.js';
import type { CellResult, TargetResult } from './results.js';
import type { Pipeline } from './pipeline.js';
import type { Bench } from './run-cell.js';
import { sweep } from './sweep.js';
import type { SweepOptions } from './sweep.js';
import type { TargetUnderTest } from './targets.js';

/** Which cells are run, and how. */
export interface TargetRunOptions extends SweepOptions {
  /** One cell only. */
  readonly cell: string | undefined;
  /** Instead of the default way of each kind of ERP. */
  readonly way: string | undefined;
}

/** Runs the cells of a target on an emulator of its own; none when it has no golden files, or no file of `erps/`. */
export async function runTarget(target: TargetUnderTest, pipeline: Pipeline, options: TargetRunOptions): Promise<TargetResult> {
  const { kind } = target;
  const cells = goldens(target.erp).filter(({ cell }) => options.cell === undefined || cell === options.cell);
  if (!kind || cells.length === 0) return { target, cells: [] };
  const erp = await kind.start();
  try {
    const bench: Bench = { pipeline, erp, target: { ...target, kind }, way: options.way ?? kind.ways[0] ?? '' };
    const results: CellResult[] = [];
    for (const golden of cells) results.push(await sweep(golden, bench, options));
    return { target, cells: results };
  } finally {
    await erp.stop();
  }
}
