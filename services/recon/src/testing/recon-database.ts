import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../migrations/index.js';

/**
 * A real PostgreSQL with recon's schema, started before the specs of a file and stopped after them. @param use is given the connection before the first
 * spec; what a file starts on it is started in a `beforeAll` after this, and ended in an `afterAll` before this.
 */
export function withReconDatabase(use: (database: DataSource) => void): void {
  let stack: Awaited<ReturnType<typeof startStack>> | undefined;
  let database: DataSource | undefined;
  beforeAll(async () => {
    stack = await startStack({ postgres: true });
    database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
    await connectAndMigrate(database);
    use(database);
  }, 120_000);
  afterAll(async () => {
    await database?.destroy();
    await stack?.stop();
  });
}
