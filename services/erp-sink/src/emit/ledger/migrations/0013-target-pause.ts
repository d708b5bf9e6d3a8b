import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Targets that somebody paused: a row as long as the pause lasts. */
export class TargetPause1700000000013 implements MigrationInterface {
  readonly name = 'TargetPause1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erp_sink.target_pause (
        target text primary key, paused_at timestamptz not null default clock_timestamp(), subject text not null, name text not null,
        reason text not null);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erp_sink.target_pause');
  }
}
