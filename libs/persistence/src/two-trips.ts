import type { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { runTogether } from './statement-batch.js';
import type { Statement } from './statement-batch.js';

/** What a transaction writes, decided from what it read. */
export interface Decided<T> {
  readonly value: T;
  readonly writes: readonly Statement[];
}

/**
 * A transaction in two round trips: it begins with the reads, whose rows decide the writes, and the commit is sent with the writes. Every statement
 * sees what was committed before it began, as in any transaction of isolation "read committed".
 * @param decide gets the rows of each read, and the transaction for whatever else it has to ask; what it throws rolls the transaction back.
 */
export async function inTwoTrips<T>(
  database: DataSource,
  reads: readonly Statement[],
  decide: (rows: readonly unknown[][], tx: EntityManager) => Promise<Decided<T>>,
): Promise<T> {
  const runner = database.createQueryRunner();
  const client = (await runner.connect()) as Client;
  try {
    const [, ...read] = await runTogether(client, [{ text: 'begin' }, ...reads]);
    const { value, writes } = await decide(
      read.map(({ rows }) => rows as unknown[]),
      runner.manager,
    );
    await runTogether(client, [...writes, { text: 'commit' }]);
    return value;
  } catch (error) {
    // A connection that cannot roll back is not used again; one that is gone has rolled back.
    await client.query('rollback').catch((problem: Error) => client.connection.stream.destroy(problem));
    throw error;
  } finally {
    await runner.release();
  }
}
