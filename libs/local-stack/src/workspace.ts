import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the workspace: the nearest folder above this file that holds the lock file, so it is the same for sources and for dist. */
export const workspaceRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Downloads and what is made of them; survives `npm run reset`. */
export const cacheDir: string = join(workspaceRoot, '.tributary', 'cache');

function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`finding the workspace: no package-lock.json above ${from}`);
    folder = parent;
  }
  return folder;
}
