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
    process.stdout.write(`${await migrateWith(what, env)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function migrateWith(
  what: Pick<DataSourceOptions, 'schema' | 'migrations'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { schema } = what;
  const database = environmentDataSource(what, env, 'owner');
  await connect(database, { onWaiting: warnWhileWaiting({ warn: (text) => process.stderr.write(`${text}\n`) }) });
  try {
    if (!(await mayMigrate(database, schema))) await refuseForeignSchema(database, schema);
    await migrate(database);
    return `schema ${schema}: ${database.migrations.length} migrations are applied`;
  } finally {
    await database.destroy();
  }
}
