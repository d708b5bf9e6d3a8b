import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders that somebody paused, what an order changes in its letter (paths, and amounts), and indexes for what the desk lists: letters that are not closed by their time and by their sequence. Closed ones, which
 * become many, are not in them.
 */
export class PausedOrders1700000000014 implements MigrationInterface {
  readonly name = 'PausedOrders1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recon.dead_letter_order add column paused_by text, add column pause_reason text, add column edit jsonb;
      create index dead_letter_unclosed on recon.dead_letter (dead_at, id) where state <> 'closed';
      create index dead_letter_standing on recon.dead_letter (consumer_group, source_topic, sequence) where state <> 'closed';
      create index order_newest on recon.dead_letter_order (ordered_at desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index recon.order_newest; drop index recon.dead_letter_standing; drop index recon.dead_letter_unclosed;
      alter table recon.dead_letter_order drop column paused_by, drop column pause_reason, drop column edit;
    `);
  }
}
