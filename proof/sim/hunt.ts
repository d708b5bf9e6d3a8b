import type { Invariant } from './checks.js';
import type { Mutant } from './mutant.js';
import { runSeed } from './run.js';

/** Result of running one mutant through the seeds. */
export interface Hunt {
  readonly name: string;
  readonly bug: string;
  /** Undefined when no tried seed caught it. */
  readonly caught: { readonly seed: number; readonly invariant: Invariant; readonly text: string } | undefined;
  readonly seeds: number;
}

/** Runs a mutant through seeds that the shipped core passes, until one catches it. */
export function hunt({ name, bug, core }: Mutant, from: number, most: number): Hunt {
  for (let seed = from; seed < from + most; seed += 1) {
    const { violation } = runSeed(seed, { core });
    if (violation) return { name, bug, caught: { seed, invariant: violation.invariant, text: violation.text }, seeds: seed - from + 1 };
  }
  return { name, bug, caught: undefined, seeds: most };
}
