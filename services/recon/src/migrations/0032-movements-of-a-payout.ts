import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a payout took to the bank, newest first: the list of its movements. */
export class MovementsOfAPayout1700000000032 implements MigrationInterface {
  readonly name = 'MovementsOfAPayout1700000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index movement_payout on recon.movement (payout_id, created, id) where payout_id is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index recon.movement_payout');
  }
}
