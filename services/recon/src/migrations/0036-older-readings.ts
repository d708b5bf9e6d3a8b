import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addPlacedAt } from './0035-older-writers.js';

/** The same of readings of ledgers, whose comparison is kept for single ledgers. By itself: no transaction may hold both tables while another one waits for the second. */
export class OlderReadings1700000000036 implements MigrationInterface {
  readonly name = 'OlderReadings1700000000036';

  async up(runner: QueryRunner): Promise<void> {
    await addPlacedAt(runner, 'reconciliation');
    await runner.query('create index reconciliation_written_since on recon.reconciliation (posting_key) where checked_at > placed_at');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table recon.reconciliation drop column placed_at');
  }
}
