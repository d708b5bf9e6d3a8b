import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A document that is in the target without all of its lines (libs/posting, Posting.half), and why it is being deleted (Posting.discarding). */
export class HalfDocuments1700000000008 implements MigrationInterface {
  readonly name = 'HalfDocuments1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table erp_sink.posting add column half jsonb, add column discarding jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table erp_sink.posting drop column half, drop column discarding');
  }
}
