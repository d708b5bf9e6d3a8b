import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Movements of Stripe's balance by what they are about: the charge, refund, dispute or payout (`source`), and the payout that took them to the
 * bank. Both are read from Stripe; of movements from before this migration, when the movements are read again.
 */
export class MovementsOfAPayment1700000000015 implements MigrationInterface {
  readonly name = 'MovementsOfAPayment1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recon.movement add column source text, add column payout_id text, add column members_read_at timestamptz;
      create index movement_source on recon.movement (source) where source is not null;
      create index movement_unread on recon.movement (created) where category = 'payout' and members_read_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index recon.movement_unread; drop index recon.movement_source;
      alter table recon.movement drop column source, drop column payout_id, drop column members_read_at;
    `);
  }
}
