import type { Golden } from './cell.js';
import { cellTitle } from './results.js';
import type { CellResult } from './results.js';
import type { OwnFault } from './erp-under-test.js';
import { callFaults } from './faulty-fetch.js';
import { runCell } from './run-cell.js';
import type { Bench, SeededFault } from './run-cell.js';

/** How a sweep is run and told. */
export interface SweepOptions {
  /** Without faults. */
  readonly plain: boolean;
  say(line: string): void;
}

/** Runs a cell plain, then, when that is right, with every fault at every call that writes. */
export async function sweep(golden: Golden, bench: Bench, { plain, say }: SweepOptions): Promise<CellResult> {
  const report = (how: string, problems: readonly string[]): void => {
    if (problems.length > 0) say(`  ${cellTitle(golden)}, ${how}:\n${problems.map((problem) => `    - ${problem}`).join('\n')}`);
  };
  const first = await runCell(golden, bench);
  report('plain', first.problems);
  let runs = 1;
  let failed = first.problems.length > 0 ? 1 : 0;
  for (const seeded of plain || failed > 0 ? [] : faultsAt(first.writes, bench.target.kind.ownFaults ?? [])) {
    const { problems } = await runCell(golden, bench, seeded);
    const name = typeof seeded.fault === 'object' ? seeded.fault.name : seeded.fault;
    report(`${name}, call ${seeded.at + 1} of ${first.writes.length}: ${first.writes[seeded.at]}`, problems);
    runs += 1;
    if (problems.length > 0) failed += 1;
  }
  say(`${failed === 0 ? 'ok    ' : 'FAILED'} ${cellTitle(golden)} (${golden.interface}): ${runs} runs, ${failed} failed`);
  return { golden, runs, failed, writes: first.writes.length, trial: first.trial };
}

function faultsAt(writes: readonly string[], own: readonly OwnFault[]): SeededFault[] {
  return writes.flatMap((write, at) => [...callFaults, ...own.filter((fault) => fault.hits(write))].map((fault) => ({ at, fault })));
}
