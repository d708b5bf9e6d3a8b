import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, postgresReady, startPostgres, workspaceRoot } from '@tributary/local-stack';
import type { Child } from '@tributary/local-stack';
import { connectionProblem } from '@tributary/platform';
import { createDataSource, DatabaseUnavailableError, withDatabase } from './data-source.js';
import type { DatabaseFiles } from './database-access.js';

const pem = (name: string): string => join(workspaceRoot, 'libs/platform/src/testing/certificates', name);
const folder = mkdtempSync(join(tmpdir(), 'protected-database-'));
const passwordFile = join(folder, 'password');
let server: Child;
let port: number;

beforeAll(async () => {
  chmodSync(folder, 0o755); // the server runs as another user
  [port] = (await freePorts(1)) as [number];
  // The server reads its key only where nobody else can.
  const keys = join(folder, 'keys');
  mkdirSync(keys);
  for (const name of ['server.pem', 'server.key.pem', 'ca.pem']) copyFileSync(pem(name), join(keys, name));
  for (const name of readdirSync(keys)) chmodSync(join(keys, name), 0o600);
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', ownerOf(), keys]);
  const tls = {
    ssl: 'on',
    ssl_cert_file: join(keys, 'server.pem'),
    ssl_key_file: join(keys, 'server.key.pem'),
    ssl_ca_file: join(keys, 'ca.pem'),
  };
  const options = {
    port,
    folder: join(folder, 'data'),
    logFolder: folder,
    database: 'ledger',
    user: 'tributary',
    password: 'first',
    config: tls,
  };
  server = await startPostgres(options);
  await postgresReady(server, options);
}, 120_000);
afterAll(async () => {
  await server?.kill9();
  rmSync(folder, { recursive: true, force: true });
});

/** The user that local-stack runs PostgreSQL as, when root runs this. */
function ownerOf(): string {
  try {
    return execFileSync('id', ['-u', 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'nobody';
  }
}

const urlOf = (more = '', host = '127.0.0.1'): string => `postgres://tributary:first@${host}:${port}/ledger${more}`;

async function ask<T>(url: string, files: DatabaseFiles, sql: string): Promise<T> {
  const database = createDataSource({ url, files, schema: 'x', migrations: [] });
  await database.initialize();
  try {
    return (await database.query<T[]>(sql))[0] as T;
  } finally {
    await database.destroy();
  }
}
const overTls = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';

it('verifies the server and is encrypted with sslmode=verify-full, and with a certificate of our own', async () => {
  expect(await ask(urlOf('?sslmode=verify-full'), { caFile: pem('ca.pem') }, overTls)).toEqual({ ssl: true });
  const client = { clientCertFile: pem('client-one.pem'), clientKeyFile: pem('client-one.key.pem') };
  const whose = 'select ssl, client_dn from pg_stat_ssl where pid = pg_backend_pid()';
  expect(await ask(urlOf(), { caFile: pem('ca.pem'), ...client }, whose)).toMatchObject({
    ssl: true,
    client_dn: expect.stringContaining('CN=') as string,
  });
  expect(await ask(urlOf(), {}, overTls)).toEqual({ ssl: false });
});

it.each<[string, () => Promise<unknown>, string]>([
  ['trust, with an authority that nobody named', () => ask(urlOf('?sslmode=verify-full'), {}, overTls), 'trust: '],
  ['trust, also where less than verify-full is asked for', () => ask(urlOf('?sslmode=require'), {}, overTls), 'trust: '],
  [
    'credentials',
    () => ask(urlOf('?sslmode=verify-full').replace(':first@', ':wrong@'), { caFile: pem('ca.pem') }, overTls),
    'credentials: ',
  ],
  ['the address', () => ask('postgres://x:y@127.0.0.1:1/ledger?sslmode=verify-full', { caFile: pem('ca.pem') }, overTls), 'address: '],
])('says that it is about %s', async (_, attempt, begins) => {
  const problem = await attempt().then(
    () => 'nothing',
    (error: unknown) => connectionProblem(error),
  );
  expect(problem.slice(0, begins.length)).toBe(begins);
  expect(problem).not.toMatch(/first|wrong/);
});

describe('an address in a file, while the process works', () => {
  const urlFile = join(folder, 'url');
  const write = (user: string, password: string, at = port): void =>
    writeFileSync(urlFile, `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${at}/ledger\n`);
  const who = 'select current_user as who, pg_backend_pid() as pid';
  type Who = { readonly who: string; readonly pid: number };
  let database: ReturnType<typeof createDataSource>;
  const asked = async (): Promise<Who> => (await database.query<Who[]>(who))[0]!;
  /** While the first connection is held, a statement needs another one. */
  const onNewConnection = async (): Promise<Who> => {
    const held = database.createQueryRunner();
    await held.connect();
    try {
      return await asked();
    } finally {
      await held.release();
    }
  };
  const asAdmin = async (...statements: readonly string[]): Promise<void> => {
    const admin = await createDataSource({ url: urlOf(), schema: 'x', migrations: [] }).initialize();
    for (const statement of statements) await admin.query(statement);
    await admin.destroy();
  };

  beforeEach(async () => {
    await asAdmin('drop role if exists books', `create role books login password 'one%/@:one'`);
    write('books', 'one%/@:one');
    database = createDataSource({ url: undefined, files: { urlFile }, schema: 'x', migrations: [], poolSize: 2 });
    await database.initialize();
  });
  afterEach(async () => {
    await database.destroy();
    await asAdmin('drop role if exists books');
  });

  it('takes another password, and lets messages wait while PostgreSQL and the file differ', async () => {
    const { pid } = await asked();
    await asAdmin(`alter role books password 'two'`);
    await expect(withDatabase('writing', onNewConnection)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(await asked()).toEqual({ who: 'books', pid }); // the connection of before works on
    writeFileSync(urlFile, ''); // an editor empties it first
    await expect(withDatabase('writing', onNewConnection)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    write('books', 'two');
    expect(await onNewConnection()).toMatchObject({ who: 'books' });
  });

  it('takes another user and another address', async () => {
    expect(await asked()).toMatchObject({ who: 'books' });
    write('tributary', 'first', 1);
    await expect(withDatabase('writing', onNewConnection)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    write('tributary', 'first');
    expect(await onNewConnection()).toMatchObject({ who: 'tributary' });
  });

  it('reads a file that seems to be unchanged again when it is refused, and connects at once', async () => {
    const moment = 1_700_000_000;
    utimesSync(urlFile, moment, moment);
    await database.destroy();
    await database.initialize();
    await asAdmin(`alter role books password 'two%/@:two'`);
    write('books', 'two%/@:two'); // as long as the other one
    utimesSync(urlFile, moment, moment);
    expect(await onNewConnection()).toMatchObject({ who: 'books' });
  });

  it('uses no connection beyond its lifetime', async () => {
    await database.destroy();
    const files = { urlFile, connectionLifetimeS: 1 };
    database = createDataSource({ url: undefined, files, schema: 'x', migrations: [], poolSize: 2 });
    await database.initialize();
    expect(await asked()).toMatchObject({ who: 'books' });
    write('tributary', 'first');
    for (const until = Date.now() + 20_000; (await asked()).who === 'books' && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 20)); // in use all the time, by one statement after another
    expect(await asked()).toMatchObject({ who: 'tributary' });
  });
});

it('takes a password that was changed in its file for the next connection', async () => {
  writeFileSync(passwordFile, 'first\n');
  const files = { caFile: pem('ca.pem'), passwordFile };
  const url = urlOf('?sslmode=verify-full').replace(':first@', '@');
  const database = createDataSource({ url, files, schema: 'x', migrations: [], poolSize: 2 });
  await database.initialize();
  await database.query(`alter role tributary password 'second-one'`);
  writeFileSync(passwordFile, 'second-one\n');
  // Two statements at once need a second connection.
  expect(await Promise.all([database.query('select pg_sleep(0.2)'), database.query('select 1 as one')])).toHaveLength(2);
  expect(await ask(url, files, overTls)).toEqual({ ssl: true });
  await database.destroy();
});
