import type { Core } from './core.js';
import { Faults } from './faults.js';
import type { Fault } from './faults.js';
import { runSeed } from './run.js';
import type { RunResult } from './run.js';

/** Removes faults as long as the seed still violates something. Every fault has its own dice, so the others stay as they are. */
export function shrink(seed: number, core: Core, chosen?: ReadonlySet<Fault>): RunResult {
  let faults = new Set(chosen ?? Faults.chosenBy(seed));
  for (const name of [...faults]) {
    const fewer = new Set([...faults].filter((other) => other !== name));
    if (runSeed(seed, { core, faults: fewer }).violation) faults = fewer;
  }
  return runSeed(seed, { core, faults, trace: true });
}
