import { databaseEnvironment, databaseFilesOf, loadConfig } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import type { DataSourceOptions } from './data-source.js';

/**
 * The data source of a program that is no service, by the variables of one. Not connected yet.
 * @param first whose connection is used where there are two: that of the service (DATABASE_URL) or that of the owner of the schemas
 *   (DATABASE_MIGRATION_URL). The other one is neither needed nor used.
 * @throws {ConfigurationError} naming variables that cannot be used.
 */
export function environmentDataSource(
  { schema, migrations }: Pick<DataSourceOptions, 'schema' | 'migrations'>,
  env: Readonly<Record<string, string | undefined>>,
  first: 'service' | 'owner',
): DataSource {
  const given = (name: string): boolean => Boolean(env[name] || env[`${name}_FILE`]);
  const asOwner = given('DATABASE_MIGRATION_URL') && (first === 'owner' || !given('DATABASE_URL'));
  const notNeeded = asOwner
    ? { DATABASE_URL: env['DATABASE_URL'] || 'postgres://not-used.invalid/?sslmode=verify-full', DATABASE_URL_FILE: undefined }
    : { DATABASE_MIGRATION_URL: undefined, DATABASE_MIGRATION_URL_FILE: undefined };
  const config = loadConfig(databaseEnvironment, { ...env, ...notNeeded });
  const { migration, ...own } = databaseFilesOf(config);
  return createDataSource({
    url: migration?.url ?? config.DATABASE_URL,
    files: migration?.files ?? own,
    schema,
    migrations,
    poolSize: 2,
  });
}
