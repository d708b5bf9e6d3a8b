import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Conditions that are told of, the messages that go out about them, and which process watches. `notification` has one row for each condition
 * that holds, by what it is about; a cleared one stays beside a new one. `notification_message` is the outbox.
 */
export class Notifications1700000000024 implements MigrationInterface {
  readonly name = 'Notifications1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recon.notification (
        id text primary key,
        condition text not null,
        about text not null,
        target text,
        severity text not null,
        count bigint not null,
        since timestamptz not null,
        fired_at timestamptz,
        told_at timestamptz,
        quiet_since timestamptz,
        cleared_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_subject text,
        acknowledged_by text,
        acknowledged_reason text
      );
      create unique index notification_open on recon.notification (condition, about) where cleared_at is null;
      create index notification_fired on recon.notification (fired_at desc, id desc) where fired_at is not null;
      create table recon.notification_message (
        id text primary key,
        position bigint generated always as identity,
        notification_id text references recon.notification (id) on delete cascade,
        route text not null,
        kind text not null,
        body text not null,
        state text not null default 'waiting',
        attempts int not null default 0,
        created_at timestamptz not null default now(),
        next_at timestamptz not null default now(),
        ended_at timestamptz,
        problem text
      );
      create index notification_message_due on recon.notification_message (next_at, position) where state = 'waiting';
      create index notification_message_of on recon.notification_message (notification_id, position desc);
      create index notification_message_route on recon.notification_message (route, position desc);
      create table recon.notification_watch (
        one boolean primary key default true check (one),
        process text not null,
        until timestamptz not null
      );
      create table recon.notification_process (
        process text primary key,
        lag bigint not null,
        seen_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recon.notification_process; drop table recon.notification_watch; drop table recon.notification_message;
      drop table recon.notification;
    `);
  }
}
