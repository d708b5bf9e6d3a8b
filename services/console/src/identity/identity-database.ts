import { createDataSource } from '@tributary/persistence';
import { databaseFilesOf } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import type { ConsoleConfig } from '../console.config.js';
import { isAuthority } from './identity.config.js';
import { consoleMigrations } from './migrations/index.js';

/**
 * The data source of people, sessions and tokens, not connected yet; undefined where the console knows nobody and stores nothing.
 * @throws {ConfigurationError} for variables that lack another, for a file that cannot be used, and for plaintext in production.
 */
export function identityDatabase(config: ConsoleConfig): DataSource | undefined {
  if (!isAuthority(config)) return undefined;
  return createDataSource({
    url: config.DATABASE_URL,
    files: databaseFilesOf(config),
    schema: 'console',
    migrations: consoleMigrations,
  });
}
