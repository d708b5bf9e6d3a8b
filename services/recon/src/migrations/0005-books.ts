import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requested documents with their lines and their effect on the books, and the movements of the Stripe balance. */
export class Books1700000000005 implements MigrationInterface {
  readonly name = 'Books1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table recon.document (
      request_id text primary key, posting_key text not null, canonical_id text not null, event_id text not null, target text not null,
      kind text not null, shape text not null, lines jsonb not null, effect jsonb not null, balanced boolean not null, requested_at timestamptz not null)`);
    await runner.query(`create index document_by_event on recon.document (event_id)`);
    await runner.query(`create index document_by_key on recon.document (posting_key)`);
    await runner.query(`create index document_by_canonical on recon.document (canonical_id)`);
    await runner.query(`create index document_unbalanced on recon.document (request_id) where not balanced`);
    await runner.query(`create table recon.movement (
      id text primary key, type text not null, category text not null, currency text not null, gross numeric(38) not null,
      fee numeric(38) not null, net numeric(38) not null, fees jsonb not null, created bigint not null)`);
    await runner.query(`create index movement_by_created on recon.movement (created)`);
    await runner.query(`alter table recon.reconciliation add column effect jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table recon.reconciliation drop column effect`);
    await runner.query(`drop table recon.movement`);
    await runner.query(`drop table recon.document`);
  }
}
