import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was sent again though an earlier call may still be committed is looked at later; see libs/posting/src/recheck.ts. */
export class Rechecks1700000000002 implements MigrationInterface {
  readonly name = 'Rechecks1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table erp_sink.posting add column resent_at timestamptz, add column recheck_at timestamptz,
        add column rechecks integer not null default 0, add column twice boolean not null default false;
      create index posting_recheck on erp_sink.posting (target, recheck_at) where recheck_at is not null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table erp_sink.posting drop column resent_at, drop column recheck_at, drop column rechecks, drop column twice',
    );
  }
}
