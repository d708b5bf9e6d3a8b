import pg from 'pg';
import { parkingLotTables } from '../ladder/parking-lot-tables.js';
import { PostgresParkingLot } from '../ladder/postgres-parking-lot.js';
import type { SqlClient } from '../ladder/postgres-parking-lot.js';

/** A parking lot in a schema of its own, for tests against a real PostgreSQL. */
export async function postgresLot(databaseUrl: string): Promise<{ lot: PostgresParkingLot; client: SqlClient; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 8 });
  const schema = `ladder_${Math.trunc(performance.timeOrigin)}`;
  await pool.query(`create schema ${schema}`);
  for (const statement of parkingLotTables(schema)) await pool.query(statement);
  const client: SqlClient = {
    query: async <Row>(text: string, parameters: readonly unknown[]) => (await pool.query(text, [...parameters])).rows as Row[],
    transaction: async (work) => {
      const connection = await pool.connect();
      try {
        await connection.query('begin');
        const result = await work(
          async <Row>(text: string, parameters: readonly unknown[]) => (await connection.query(text, [...parameters])).rows as Row[],
        );
        await connection.query('commit');
        return result;
      } catch (error) {
        await connection.query('rollback');
        throw error;
      } finally {
        connection.release();
      }
    },
  };
  return { lot: new PostgresParkingLot(client, schema), client, close: () => pool.end() };
}
