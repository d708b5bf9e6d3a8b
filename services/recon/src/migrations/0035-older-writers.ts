import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When what single ledgers made of an event was worked out last (ADR 0100). A version from before migration 0033 sets `changed_at` and not this: while pods are
 * replaced such rows are found by an index that is empty otherwise, and SeenRowsWorker places them again.
 */
export class OlderWriters1700000000035 implements MigrationInterface {
  readonly name = 'OlderWriters1700000000035';

  async up(runner: QueryRunner): Promise<void> {
    await addPlacedAt(runner, 'event');
    await runner.query('create index event_written_since on recon.event (event_id) where changed_at > placed_at');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table recon.event drop column placed_at');
  }
}

/**
 * Rows from before count as placed, and are not touched: they get one time without being written. Those of the last minute are placed again, because some transaction
 * may have begun before this one and write after it.
 */
export async function addPlacedAt(runner: QueryRunner, table: 'event' | 'reconciliation'): Promise<void> {
  await runner.query('set local statement_timeout = 0'); // an index looks at all rows
  const [row] = (await runner.query(`select (clock_timestamp() - interval '1 minute')::text as before`)) as { before: string }[];
  await runner.query(`alter table recon.${table} add column placed_at timestamptz not null default '${row?.before ?? ''}'`);
}
