import { isAlive, processesMarked, signalProcess } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import { readRunState, removeRunState } from './run-file.js';
import type { Folders } from './settings.js';

/** Carried by every process of a stack in its environment, with the folder of its state as its value. */
export const marker = 'TRIBUTARY_STACK';

const killedWithinMs = 10_000;

/** Processes of a stack whose supervisor is gone: those that carry the mark, and those that the run file names. */
export function findLeftovers({ state, run }: Folders): ProcessIdentity[] {
  const written = (readRunState(run)?.parts ?? []).flatMap((part) => part.identity ?? []).filter(isAlive);
  const marked = processesMarked(marker, state);
  return [...marked, ...written.filter((one) => !marked.some((other) => other.pid === one.pid))];
}

/**
 * Ends what a killed run left behind, so that it never blocks the next one. They are killed, not drained: their supervisor is gone,
 * and a killed process loses nothing (I7). Exactly those processes: by id and start time.
 *
 * @returns how many there were.
 */
export async function endLeftovers(folders: Folders): Promise<number> {
  const leftovers = findLeftovers(folders);
  for (const leftover of leftovers) {
    signalProcess(leftover, 'SIGKILL');
  }
  const deadline = Date.now() + killedWithinMs;
  while (leftovers.some(isAlive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  removeRunState(folders.run);
  return leftovers.length;
}
