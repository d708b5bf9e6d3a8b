import { isAlive, processesMarked, signalProcess } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import { readRunState, removeRunState } from './run-file.js';
import type { Folders } from './settings.js';

/** Variable in the environment of every process of a stack; its value is the state folder. */
export const marker = 'TRIBUTARY_STACK';

const killedWithinMs = 10_000;

/** Processes of a stack whose supervisor is gone: those that carry the mark, and those that the run file names. */
export function findLeftovers({ state, run }: Folders): ProcessIdentity[] {
  const written = (readRunState(run)?.parts ?? []).flatMap((part) => part.identity ?? []).filter(isAlive);
  const marked = processesMarked(marker, state);
  return [...marked, ...written.filter((one) => !marked.some((other) => other.pid === one.pid))];
}

/**
 * Kills the processes that a killed run left behind, so that they never block the next one. They are not drained: their supervisor is
 * gone, and a killed process loses nothing (I7). Processes are identified by id and start time.
 *
 * @returns how many were killed.
 */
export async function killOrphans(folders: Folders): Promise<number> {
  const leftovers = findLeftovers(folders);
  for (const leftover of leftovers) {
    signalProcess(leftover, 'SIGKILL');
  }
  const deadline = Date.now() + killedWithinMs;
  while (leftovers.some(isAlive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  removeRunState(folders.run);
  return leftovers.length;
}
