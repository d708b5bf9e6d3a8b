import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * recon's tables. All of them are derived from topics and from what the target answers, so dropping the schema and reading
 * the topics from the start makes them again (I9). Amounts are numeric(20,0) minor units (I5).
 */
export class Tables1700000000001 implements MigrationInterface {
  readonly name = 'Tables1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recon.delivery (
        partition integer not null, "offset" bigint not null,
        event_id text not null, type text not null, endpoint text, account text, received_at timestamptz not null,
        primary key (partition, "offset"));
      create index delivery_event on recon.delivery (event_id);

      create table recon.event (
        event_id text primary key, type text, deliveries integer not null default 0, first_received_at timestamptz,
        translated_at timestamptz, canonical_count integer, ignored_reason text, ignored_text text,
        state text not null default 'inFlight', reason text, changed_at timestamptz not null default now());
      create index event_state on recon.event (state);

      create table recon.fact (
        canonical_id text primary key, event_id text not null, type text not null,
        routed_at timestamptz, ignored_reason text, ignored_text text);
      create index fact_event on recon.fact (event_id);

      create table recon.posting (
        request_id text primary key, canonical_id text not null, event_id text not null, posting_key text not null,
        target text not null, kind text not null, requested_at timestamptz,
        result text, code text, text text, reference jsonb, attempts integer, concluded_at timestamptz);
      create index posting_event on recon.posting (event_id);
      create index posting_key on recon.posting (posting_key);

      create table recon.outcome (
        outcome_id text primary key, request_id text not null, event_id text not null, posting_key text not null, result text not null,
        code text, text text, reference jsonb, attempts integer, concluded_at timestamptz not null);
      create index outcome_request on recon.outcome (request_id);

      create table recon.dead_letter (
        topic text not null, partition integer not null, "offset" bigint not null,
        event_id text not null, message_id text not null, code text not null, text text, dead_at timestamptz not null,
        primary key (topic, partition, "offset"));
      create index dead_letter_event on recon.dead_letter (event_id);

      create table recon.payment (
        charge_id text primary key, payment_id text not null, canonical_id text not null, event_id text not null,
        customer_id text, customer_name text, minor numeric(20,0) not null, currency char(3) not null,
        received_at timestamptz not null, recorded_at timestamptz not null default now());
      create index payment_newest on recon.payment (received_at desc, charge_id);
      create index payment_payment on recon.payment (payment_id);

      create table recon.reconciliation (
        posting_key text primary key, charge_id text not null, state text not null default 'pending',
        ledger_minor numeric(20,0), ledger_currency char(3), reference jsonb,
        checks integer not null default 0, checked_at timestamptz, due_at timestamptz not null default now());
      create index reconciliation_due on recon.reconciliation (due_at);
      create index reconciliation_charge on recon.reconciliation (charge_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      ['reconciliation', 'payment', 'dead_letter', 'outcome', 'posting', 'fact', 'event', 'delivery']
        .map((table) => `drop table recon.${table}`)
        .join(';'),
    );
  }
}
