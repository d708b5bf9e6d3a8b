import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { identityOf, isAlive } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { StackError } from './stack-error.js';

const waitStepMs = 100;
/** Checks in a row without a readable owner after which a lock counts as abandoned: its process died while taking it. */
const maxOwnerlessChecks = 20;

/**
 * Runs `work` while no other process holds the same lock. The lock is a folder, because creating one is atomic on every system. The
 * lock of a dead process is taken over.
 *
 * @throws StackError when another process holds the lock for longer than `timeoutMs`.
 */
export async function withLock<Result>(folder: string, timeoutMs: number, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(folder), { recursive: true });
  const ownerFile = join(folder, 'owner.json');
  const deadline = Date.now() + timeoutMs;
  let ownerless = 0;
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(ownerFile);
    ownerless = owner ? 0 : ownerless + 1;
    if ((owner && !isAlive(owner)) || ownerless > maxOwnerlessChecks) rmSync(folder, { recursive: true, force: true });
    else if (Date.now() > deadline) {
      throw new StackError(
        'stack.locked',
        `waiting for ${folder}: process ${owner?.pid ?? '?'} has held it for more than ${timeoutMs / 1000} s`,
      );
    } else await new Promise((resolve) => setTimeout(resolve, waitStepMs));
  }
  try {
    writeFileSync(ownerFile, JSON.stringify(identityOf(process.pid)));
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
