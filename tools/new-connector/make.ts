import { existsSync, globSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { nameProblem, namesOf } from './names.js';
import { registrations } from './register.js';
import { skeletonFiles } from './skeleton.js';

/** What was made: paths of new files, and of files that name the connector now. */
export interface MadeConnector {
  readonly made: readonly string[];
  readonly changed: readonly string[];
}

/** A name that cannot be used, or a place that is taken. The message says which and what to do. */
export class NoConnectorMadeError extends Error {}

/**
 * Makes the folder of a connector, its assets and its page of the reference, and names it where connectors are named. Nothing is written
 * when anything is wrong. Needs no network: the link in node_modules and the entry of the lock file are made as npm makes them.
 * @throws {NoConnectorMadeError}
 */
export async function makeConnector(root: string, name: string): Promise<MadeConnector> {
  const problem = nameProblem(name, takenNames(root));
  if (problem) throw new NoConnectorMadeError(problem);
  const names = namesOf(name);
  const files = skeletonFiles(root, names);
  const there = [...files.keys()].filter((path) => existsSync(join(root, path)));
  if (there.length > 0) throw new NoConnectorMadeError(`${there.join(', ')} is there already: delete it, or take another name`);
  const changes = registrations((path) => readFileSync(join(root, path), 'utf8'), names);
  for (const [path, text] of [...files, ...changes]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), await formatted(root, path, text));
  }
  link(root, name);
  return { made: [...files.keys()], changed: [...changes.keys()] };
}

/** Folders of connectors, emulators and assets: a kind of target has the same name in all. */
function takenNames(root: string): string[] {
  const folders = globSync('{libs/connectors,emulators,assets}/*/', { cwd: root }).map((path) => basename(path));
  return [...new Set(folders)].filter((name) => !['dist', 'node_modules'].includes(name));
}

async function formatted(root: string, path: string, text: string): Promise<string> {
  if (path.endsWith('.txt') || path === 'package-lock.json') return text;
  const filepath = join(root, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

function link(root: string, name: string): void {
  const at = join(root, 'node_modules/@tributary', `connector-${name}`);
  mkdirSync(dirname(at), { recursive: true });
  if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(at);
  symlinkSync(relative(dirname(at), join(root, 'libs/connectors', name)), at, 'junction');
}
