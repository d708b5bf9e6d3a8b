import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Dead letters with their bytes, what waits behind them, how they ended, and the orders of people about them. Letters, parked messages and
 * closures are derived from topics like everything else here (I9). Orders, their items and the audit are not: they are decisions, and a
 * rebuild has to keep them. Letters that were counted before this migration have no bytes until the topics are read again.
 */
export class DeadLetters1700000000002 implements MigrationInterface {
  readonly name = 'DeadLetters1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recon.dead_letter
        add column id text unique, add column consumer_group text, add column source_topic text, add column source_partition integer,
        add column source_offset bigint, add column sequence text, add column event_type text, add column message_key text,
        add column value bytea, add column headers jsonb, add column attempts integer, add column first_failure_at timestamptz,
        add column held boolean not null default false, add column minor numeric(20,0), add column currency char(3),
        add column state text not null default 'open', add column result text, add column closed_at timestamptz;
      create index dead_letter_place on recon.dead_letter (consumer_group, source_topic, source_partition, source_offset);
      create index dead_letter_cause on recon.dead_letter (state, code);
      create index dead_letter_sequence on recon.dead_letter (sequence);
      create index dead_letter_message on recon.dead_letter (message_id);

      create table recon.dead_letter_closure (
        item_id text primary key, consumer_group text not null, source_topic text not null, source_partition integer not null,
        source_offset bigint not null, message_id text not null, event_id text not null, result text not null, text text,
        closed_at timestamptz not null);
      create index closure_place on recon.dead_letter_closure (consumer_group, source_topic, source_partition, source_offset);

      create table recon.parked (
        consumer_group text not null, source_topic text not null, source_partition integer not null, source_offset bigint not null,
        message_id text not null, event_id text not null, sequence text not null, head_offset bigint not null, head_code text not null,
        parked_at timestamptz not null, primary key (consumer_group, source_topic, source_partition, source_offset));
      create index parked_event on recon.parked (event_id);
      create index parked_sequence on recon.parked (consumer_group, source_topic, source_partition, sequence);

      create table recon.dead_letter_order (
        id text primary key, action text not null, scope text not null, criteria jsonb not null, reference jsonb,
        reason text not null, ordered_by text not null, rate_per_second numeric not null, state text not null default 'running',
        total integer not null, ordered_at timestamptz not null default now(), next_at timestamptz not null default now(),
        cancelled_by text, cancel_reason text, ended_at timestamptz, announced boolean not null default false, told text, told_at timestamptz);
      create index order_running on recon.dead_letter_order (next_at) where state in ('running', 'cancelling');

      create table recon.dead_letter_order_item (
        id text primary key, order_id text not null references recon.dead_letter_order, letter_id text not null,
        lane text not null, source_offset bigint not null, edited bytea, state text not null default 'pending',
        gives integer not null default 0, given_at timestamptz, again_at timestamptz, result text, closed_at timestamptz);
      create index item_order on recon.dead_letter_order_item (order_id, state);
      create index item_lane on recon.dead_letter_order_item (lane, source_offset) where state in ('pending', 'given');
      -- A letter is in one unfinished order at most: two people cannot decide differently about it at the same time.
      create unique index item_letter on recon.dead_letter_order_item (letter_id) where state in ('pending', 'given');

      create table recon.dead_letter_audit (
        id bigint generated always as identity primary key, at timestamptz not null default now(), order_id text not null, item_id text,
        letter_id text, done text not null, done_by text not null, reason text not null,
        before_digest text, before_value bytea, after_digest text, after_value bytea, detail jsonb);
      create index audit_order on recon.dead_letter_audit (order_id);
      create index audit_letter on recon.dead_letter_audit (letter_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recon.dead_letter_audit; drop table recon.dead_letter_order_item; drop table recon.dead_letter_order;
      drop table recon.parked; drop table recon.dead_letter_closure;
      alter table recon.dead_letter drop column id, drop column consumer_group, drop column source_topic, drop column source_partition,
        drop column source_offset, drop column sequence, drop column event_type, drop column message_key, drop column value,
        drop column headers, drop column attempts, drop column first_failure_at, drop column held, drop column minor, drop column currency,
        drop column state, drop column result, drop column closed_at;
    `);
  }
}
