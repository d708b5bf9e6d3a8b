import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where a stored request came from, so that it can be dead-lettered when it is refused later; the dead letter that is still to be written;
 * looks at a batch since its last release, and who ordered one more.
 */
export class LooseEnds1700000000003 implements MigrationInterface {
  readonly name = 'LooseEnds1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table erp_sink.posting add column origin jsonb;
      alter table erp_sink.outcome add column dead_letter jsonb;
      alter table erp_sink.batch add column looks integer not null default 0,
        add column ordered_by text, add column ordered_at timestamptz, add column order_reason text;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table erp_sink.posting drop column origin;
      alter table erp_sink.outcome drop column dead_letter;
      alter table erp_sink.batch drop column looks, drop column ordered_by, drop column ordered_at, drop column order_reason;`);
  }
}
