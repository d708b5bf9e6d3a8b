import { connectionProblem } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { createDataSource, DatabaseUnavailableError, isConnectionProblem, optionsOfDataSource } from './data-source.js';
import { isLoginRefused } from './renewing-driver.js';
import { quoted } from './roles/role-statements.js';
import { checkRole } from './roles/role-check.js';
import { grantRights } from './roles/grant-rights.js';
import { mayMigrate, refuseForeignSchema, refusePending, reportRole } from './roles/refusals.js';
import { rightsForSchema } from './roles/service-rights.js';

const retryMs = 1_000;

/** Callbacks and the end of {@link connectAndMigrate}. */
export interface MigrationProgress {
  /** Called for every failed attempt to connect. */
  onWaiting?(problem: string, attempt: number): void;
  /** Called with a sentence when the role could do more than its service needs, in production. */
  onWarning?(text: string): void;
  /** Stop trying. */
  readonly signal?: AbortSignal;
}

/**
 * Connects, waiting for PostgreSQL without a limit (or until the signal), then applies missing migrations: as the owner of the schemas where the
 * data source has one (DATABASE_MIGRATION_URL), as the role itself where the schema is its own. Any other role finds them applied, or is refused.
 * @throws {DatabaseUnavailableError} when the signal ends the wait. {ConfigurationError} naming the rights that the role lacks, or, where its schema
 *   is another's and in production, what it could do beyond them. Any error that is not about the connection is thrown at once.
 */
export async function connectAndMigrate(dataSource: DataSource, progress: MigrationProgress = {}): Promise<void> {
  // Over connections of its own, so that nobody works over the data source before its tables and rights are there.
  const preparing = dataSource.isInitialized ? dataSource : createDataSource({ ...optionsOfDataSource(dataSource), poolSize: 2 });
  await connect(preparing, progress);
  try {
    await prepare(preparing, progress);
  } finally {
    if (preparing !== dataSource) await preparing.destroy();
  }
  await connect(dataSource, progress);
}

async function prepare(dataSource: DataSource, progress: MigrationProgress): Promise<void> {
  const { schema, files = {} } = optionsOfDataSource(dataSource);
  const [self] = (await dataSource.query('select current_user as role')) as [{ role: string }];
  if (files.migration) await migrateAsOwner(dataSource, self.role, progress);
  else if (await mayMigrate(dataSource, schema)) await migrate(dataSource);
  else await refusePending(dataSource, self.role);
  reportRole(await checkRole(dataSource, rightsForSchema(schema)), files.isProduction ?? false, (text) => progress.onWarning?.(text));
}

/**
 * Applies missing migrations and gives the rights of the roles again. Several pods may do this at once: an advisory lock lets one migrate and the
 * others wait.
 * @param role of the service; undefined: roles that were prepared before.
 */
export async function migrate(dataSource: DataSource, role?: string): Promise<void> {
  const { schema } = optionsOfDataSource(dataSource);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    await runner.query(`select pg_advisory_lock(hashtext($1))`, [`tributary migration ${schema}`]);
    try {
      const [there] = (await runner.query(`select to_regnamespace($1) is not null as made`, [quoted(schema)])) as [{ made: boolean }];
      if (!there.made) await runner.query(`create schema ${quoted(schema)}`);
      await dataSource.runMigrations();
      await grantRights(runner, rightsForSchema(schema), role);
    } finally {
      await runner.query(`select pg_advisory_unlock(hashtext($1))`, [`tributary migration ${schema}`]);
    }
  } finally {
    await runner.release();
  }
}

/** Connects, waiting for PostgreSQL. @throws {DatabaseUnavailableError} when the signal ends the wait. */
export async function connect(dataSource: DataSource, progress: MigrationProgress): Promise<void> {
  for (let attempt = 1; !dataSource.isInitialized; attempt += 1) {
    try {
      await dataSource.initialize();
    } catch (error) {
      if (!isConnectionProblem(error) || isLoginRefused(error)) throw error; // a wrong password ends the start: it may have been mistyped
      const problem = connectionProblem(error);
      if (progress.signal?.aborted) throw new DatabaseUnavailableError(`connecting to PostgreSQL: ${problem}`, {}, { cause: error });
      progress.onWaiting?.(problem, attempt);
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

async function migrateAsOwner(dataSource: DataSource, role: string, progress: MigrationProgress): Promise<void> {
  const options = optionsOfDataSource(dataSource);
  const { migration } = options.files ?? {};
  if (!migration) return;
  const owner = createDataSource({ ...options, url: migration.url, files: migration.files, poolSize: 2 });
  await connect(owner, progress);
  try {
    if (!(await mayMigrate(owner, options.schema))) await refuseForeignSchema(owner, options.schema);
    await migrate(owner, role);
  } finally {
    await owner.destroy();
  }
}

const attemptsPerWarning = 5;

/** A listener for `connectAndMigrate` that logs a warning for the first failed attempt and for every fifth one after it. */
export function warnWhileWaiting(logger: { warn(text: string): void }): (problem: string, attempt: number) => void {
  return (problem, attempt) => {
    if (attempt % attemptsPerWarning === 1) logger.warn(`waiting for PostgreSQL: ${problem}`);
  };
}
