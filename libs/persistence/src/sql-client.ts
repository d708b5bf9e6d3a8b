import type { DataSource, EntityManager } from 'typeorm';
import { DatabaseUnavailableError, withDatabase } from './data-source.js';

/** Statements and transactions on a data source, for code that knows PostgreSQL and not TypeORM. */
export interface DatabaseClient {
  query<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
  transaction<T>(work: (query: DatabaseClient['query']) => Promise<T>): Promise<T>;
}

/** @returns a client whose errors carry their disposition: {@link DatabaseUnavailableError} also while the data source is not connected yet. */
export function databaseClient(database: DataSource, doing: string): DatabaseClient {
  const connected = (): void => {
    if (!database.isInitialized) throw new DatabaseUnavailableError(`${doing}: PostgreSQL is not connected yet`);
  };
  const on =
    (manager: Pick<EntityManager, 'query'>): DatabaseClient['query'] =>
    async <Row>(text: string, parameters: readonly unknown[]): Promise<Row[]> =>
      (await manager.query<Row[]>(text, [...parameters])) ?? [];
  return {
    query: async (text, parameters) => {
      connected();
      return withDatabase(doing, () => on(database)(text, parameters));
    },
    transaction: async (work) => {
      connected();
      return withDatabase(doing, () => database.transaction((manager) => work(on(manager))));
    },
  };
}
