import { bookMutants } from './books-mutants.js';
import { ladderMutants } from './ladder-mutants.js';
import type { Mutant } from './mutant.js';
import { protocolMutants } from './protocol-mutants.js';

/** Every planted bug; the simulation has to catch each of them. */
export const mutants: readonly Mutant[] = [...protocolMutants, ...ladderMutants, ...bookMutants];
