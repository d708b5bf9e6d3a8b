import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders of people to release a batch: who gave and who approved them, and what exactly they are about. `digest` binds the content of the
 * batch at the time of asking. A batch has at most one order that waits and one that is carried out.
 */
export class ReleaseOrders1700000000010 implements MigrationInterface {
  readonly name = 'ReleaseOrders1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erp_sink.release_order (
        id text primary key, target text not null, batch_id text not null, state text not null,
        author jsonb not null, roles text[], reason text not null, waits_for text[] not null,
        posting_keys text[] not null, sums jsonb not null, digest text not null,
        created_at timestamptz not null default clock_timestamp(), expires_at timestamptz,
        decider jsonb, decision_reason text, decided_at timestamptz, stop_code text, ended_at timestamptz);
      create unique index release_order_active on erp_sink.release_order (target, batch_id, state) where state in ('waiting-approval', 'running');
      create index release_order_newest on erp_sink.release_order (target, created_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erp_sink.release_order');
  }
}
