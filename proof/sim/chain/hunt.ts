import { exploreChain } from './check.js';
import { chainMutants } from './mutants.js';
import type { ChainMutant } from './mutants.js';
import { chainSettings } from './settings.js';

/** States after which a planted bug counts as not found. */
const mostStates = 150_000;

/** One planted bug, and how the model check found it. */
export interface ChainHunt {
  readonly name: string;
  readonly bug: string;
  readonly setting: string;
  readonly states: number;
  /** Undefined when it was not found. */
  readonly violation: string | undefined;
  /** The shortest way to the violation, one sentence a step. */
  readonly trail: readonly string[];
}

/** Explores the setting of a planted bug until the bug shows. @throws {RangeError} for a setting that does not exist. */
export function huntChain({ name, bug, setting: wanted, core }: ChainMutant): ChainHunt {
  const setting = chainSettings.find((one) => one.name === wanted);
  if (!setting) throw new RangeError(`planted bug ${name}: there is no setting "${wanted}"`);
  const { states, violation, trail = [] } = exploreChain(setting, { maxStates: mostStates, core });
  return { name, bug, setting: wanted, states, violation, trail };
}

/** Hunts every planted bug. */
export function huntChains(onFound: (hunt: ChainHunt) => void): ChainHunt[] {
  return chainMutants.map((mutant) => {
    const hunt = huntChain(mutant);
    onFound(hunt);
    return hunt;
  });
}
