import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Captured charges as rows of their own, with their standing: from payment facts, and from raw events of which no fact was made. A charge
 * may be captured in parts, so the key of a payment becomes (charge_id, part). Balance transactions and later news of Stripe are stored
 * beside it, for reconciliation. Everything is derived from topics (I9); raw events, settlements and news from before this migration are
 * known after a rebuild of the views. Currencies become text: what a source sends may be no currency at all, and is shown all the same.
 */
export class Captures1700000000003 implements MigrationInterface {
  readonly name = 'Captures1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recon.event
        add column charge_key text, add column raw_charge_id text, add column raw_minor numeric(20,0), add column raw_currency text,
        add column raw_capture boolean not null default false, add column raw_growth boolean not null default false,
        add column raw_at timestamptz, add column masked text;
      create index event_charge on recon.event (charge_key) where raw_capture;

      alter table recon.payment add column part text not null default '', add column balance_transaction_id text, alter column currency type text;
      alter table recon.payment drop constraint payment_pkey;
      alter table recon.payment add primary key (charge_id, part);
      create index payment_event on recon.payment (event_id);

      alter table recon.reconciliation add column part text not null default '', add column released boolean not null default false,
        add column clearing_account text, add column clearing_currency text, add column clearing_minor numeric(20,0), add column problem text,
        alter column ledger_currency type text;
      update recon.reconciliation set part = split_part(posting_key, '/', 4);

      alter table recon.dead_letter alter column currency type text, add column original bytea;
      create index dead_letter_open on recon.dead_letter (dead_at, id) where state <> 'closed';
      create index parked_newest on recon.parked (parked_at, consumer_group, source_topic, source_partition, source_offset);

      create table recon.settlement (
        balance_transaction_id text primary key, charge_id text not null, currency text not null, gross numeric(20,0) not null,
        fee numeric(20,0) not null, net numeric(20,0) not null, category text);
      create index settlement_charge on recon.settlement (charge_id);

      create table recon.payment_news (
        fact_id text primary key, event_id text not null, charge_id text not null, kind text not null, object_id text not null,
        at timestamptz not null, minor numeric(20,0) not null, currency text not null, status text, reason text, inquiry boolean not null);
      create index payment_news_charge on recon.payment_news (charge_id);
      create index payment_news_event on recon.payment_news (event_id);

      create table recon.capture (
        id text primary key, charge_id text not null, part text not null, known boolean not null, event_id text not null,
        minor numeric(20,0), currency text, received_at timestamptz not null, state text not null, standing text not null, standing_reason text,
        reconciliation text, reconciliation_text text, reconciliation_basis text, settlement jsonb);
      create index capture_newest on recon.capture (received_at desc, id desc);
      create index capture_standing on recon.capture (standing, received_at desc, id desc);
      create index capture_state on recon.capture (state, received_at desc, id desc);
      create index capture_reconciliation on recon.capture (reconciliation, received_at desc, id desc);
      create index capture_currency on recon.capture (currency, received_at desc, id desc);
      create index capture_charge on recon.capture (charge_id);
      create index capture_event on recon.capture (event_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recon.capture; drop table recon.payment_news; drop table recon.settlement;
      drop index recon.parked_newest; drop index recon.dead_letter_open;
      alter table recon.dead_letter drop column original;
      alter table recon.reconciliation drop column part, drop column released, drop column clearing_account, drop column clearing_currency,
        drop column clearing_minor, drop column problem;
      drop index recon.payment_event;
      delete from recon.payment where part <> '';
      alter table recon.payment drop constraint payment_pkey, drop column part, drop column balance_transaction_id;
      alter table recon.payment add primary key (charge_id);
      drop index recon.event_charge;
      alter table recon.event drop column charge_key, drop column raw_charge_id, drop column raw_minor, drop column raw_currency,
        drop column raw_capture, drop column raw_growth, drop column raw_at, drop column masked;
    `);
  }
}
