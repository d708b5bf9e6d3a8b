import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The documents that stand for the letters of an order, by letter, where the ledger told them; an index of letters whose message was
 * dead-lettered again, by which the desk finds what failed again, and one of the orders that a letter was in.
 */
export class ResolvedByHand1700000000030 implements MigrationInterface {
  readonly name = 'ResolvedByHand1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recon.dead_letter_order add column documents jsonb;
      create index dead_letter_again on recon.dead_letter (consumer_group, source_topic, source_partition, source_offset) where result = 'dead-again';
      create index item_of_letter on recon.dead_letter_order_item (letter_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop index recon.item_of_letter; drop index recon.dead_letter_again; alter table recon.dead_letter_order drop column documents;`,
    );
  }
}
