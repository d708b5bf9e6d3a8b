import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The posting ledger: one row per posting key, one outcome per request, one row per batch. Whole numbers inside of JSON are written
 * as {"$bigint": "..."}; see ledger-json.ts.
 */
export class Ledger1700000000001 implements MigrationInterface {
  readonly name = 'Ledger1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erp_sink.posting (
        posting_key text primary key, target text not null, kind text not null,
        state text not null default 'new', fence bigint not null default 0, lease_until timestamptz,
        attempts integer not null default 0, looks integer not null default 0, sent_at timestamptz,
        parked boolean not null default false, not_before timestamptz,
        request_id text, request jsonb, record_key text,
        version numeric(20, 0) not null default 0, applied_digest text, superseded boolean not null default false,
        reference jsonb, waiting_on text[] not null default '{}',
        batch_id text, released boolean not null default false, text text,
        created_at timestamptz not null default now(), changed_at timestamptz not null default now());
      create index posting_state on erp_sink.posting (target, state, changed_at);
      create index posting_waiting_on on erp_sink.posting using gin (waiting_on) where state = 'waiting';
      create index posting_batch on erp_sink.posting (target, batch_id) where batch_id is not null;

      create table erp_sink.outcome (
        request_id text primary key, posting_key text not null, target text not null, number integer not null, result text not null,
        digest text not null, event jsonb not null, record_key text not null, due boolean not null, concluded_at timestamptz not null);
      create index outcome_due on erp_sink.outcome (target, concluded_at) where due;
      create index outcome_posting on erp_sink.outcome (posting_key);

      create table erp_sink.batch (
        target text not null, batch_id text not null, kind text not null, date text not null, bank_account text not null,
        state text not null default 'open', fence bigint not null default 0, lease_until timestamptz,
        attempts integer not null default 0, sent_at timestamptz, not_before timestamptz,
        documents integer not null default 0, opened_at timestamptz not null, last_document_at timestamptz not null, text text,
        primary key (target, batch_id));
      create unique index batch_open on erp_sink.batch (target, kind, date, bank_account) where state = 'open';
      create index batch_state on erp_sink.batch (target, state);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erp_sink.batch, erp_sink.outcome, erp_sink.posting');
  }
}
