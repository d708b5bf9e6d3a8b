import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The amount of the posted document, so that a request over another amount is noticed; and the second request of a key that is kept until
 * its document exists (libs/posting, Posting.setAside). Rows that are there keep null: their amount is read from the stored request.
 */
export class Amounts1700000000006 implements MigrationInterface {
  readonly name = 'Amounts1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table erp_sink.posting add column applied_amount jsonb, add column set_aside jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table erp_sink.posting drop column applied_amount, drop column set_aside');
  }
}
