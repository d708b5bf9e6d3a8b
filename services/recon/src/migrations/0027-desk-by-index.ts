import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes for the desk: sequences that stand still, the longest waiting first, each with its letters; and the newest letter of a cause. */
export class DeskByIndex1700000000027 implements MigrationInterface {
  readonly name = 'DeskByIndex1700000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index dead_letter_open_sequence on recon.dead_letter (consumer_group, source_topic, sequence, dead_at, id) where state <> 'closed';
      create index dead_letter_open_cause on recon.dead_letter (code, consumer_group, held, dead_at desc, id) where state <> 'closed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index recon.dead_letter_open_cause; drop index recon.dead_letter_open_sequence');
  }
}
