import { connectionProblem } from '@tributary/platform';
import { DatabaseUnavailableError, isConnectionProblem } from './data-source.js';
import type { DataSourceOptions } from './data-source.js';
import { environmentDataSource } from './environment-data-source.js';
import { connect, migrate, warnWhileWaiting } from './migrate.js';
import { mayMigrate, refuseForeignSchema } from './roles/refusals.js';

/**
 * The program `dist/migrate.js` of a service: applies its migrations and gives its roles their rights, as the role of DATABASE_MIGRATION_URL, and ends.
 * Sets the exit code: 0, or 1 with a sentence on stderr.
 */
export async function migrateOnly(
  what: Pick<DataSourceOptions, 'schema' | 'migrations'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  try {
    process.stdout.write(`${await migrateWithin(what, env)}\n`);
  } catch (error) {
    process.stderr.write(`${problemOf(error)}\n`);
    process.exitCode = 1;
  }
}

function problemOf(error: unknown): string {
  if (isConnectionProblem(error) && !(error instanceof DatabaseUnavailableError))
    return `connecting to PostgreSQL: ${connectionProblem(error)}`;
  return error instanceof Error ? error.message : String(error);
}

/** Less than the Job of the chart may take: what a Job ends at its deadline leaves no log. */
const defaultWithinMs = 120_000;

/**
 * Applies the migrations of a service as the role of DATABASE_MIGRATION_URL.
 * @param withinMs longest wait for PostgreSQL.
 * @returns what was done, in one sentence.
 * @throws {DatabaseUnavailableError} when PostgreSQL did not answer until then; {ConfigurationError} naming rights that the role lacks.
 */
export async function migrateWithin(
  what: Pick<DataSourceOptions, 'schema' | 'migrations'>,
  env: Readonly<Record<string, string | undefined>>,
  withinMs = defaultWithinMs,
): Promise<string> {
  const { schema } = what;
  const database = environmentDataSource(what, env, 'owner');
  const onWaiting = warnWhileWaiting({ warn: (text) => process.stderr.write(`${text}\n`) });
  await connect(database, { onWaiting, signal: AbortSignal.timeout(withinMs) });
  try {
    if (!(await mayMigrate(database, schema))) await refuseForeignSchema(database, schema);
    await migrate(database);
    return `schema ${schema}: ${database.migrations.length} migrations are applied`;
  } finally {
    await database.destroy();
  }
}
