import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A comparison that was matched had found its receipt in the ledger: so `released`, which 0003 added, is true for it. Without this, matched
 * payments of an earlier version would be shown as pending until their next look-up.
 */
export class ReleasedReadings1700000000004 implements MigrationInterface {
  readonly name = 'ReleasedReadings1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`update recon.reconciliation set released = true where state = 'matched'`);
  }

  async down(): Promise<void> {
    // Nothing to take back: the column goes with 0003.
  }
}
