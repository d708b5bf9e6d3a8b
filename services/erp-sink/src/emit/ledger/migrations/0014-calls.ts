import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was sent to the target for a posting, and what it answered: evidence for people, which nothing else reads. */
export class Calls1700000000014 implements MigrationInterface {
  readonly name = 'Calls1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erp_sink.call (
        id text primary key, target text not null, posting_key text not null, call text not null, result text not null,
        started_at timestamptz not null, ms integer not null, exchanges bytea not null);`);
    await runner.query('create index call_posting on erp_sink.call (posting_key, started_at desc)');
    await runner.query('create index call_age on erp_sink.call (target, started_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erp_sink.call');
  }
}
