import { TooManyHashesError } from '../emit/password-hasher.js';
import { identityProblem } from './identity-problem.js';

/** Says that too many people sign in at once, where that is why something failed. */
export async function busyIsTold<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof TooManyHashesError ? identityProblem('identity.busy') : error;
  }
}
