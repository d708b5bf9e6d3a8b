import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People, how they sign in, what they may do, their sessions and tokens, and what was withdrawn. Secrets (session ids, links, codes) are
 * stored as SHA-256 only: they are random, so that a copy of the database signs nobody in. Passwords are stored as argon2id.
 */
export class Identity1700000000001 implements MigrationInterface {
  readonly name = 'Identity1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table console.person (
      id text primary key, name text not null, created_at timestamptz not null, created_by text not null, locked_at timestamptz,
      issuer text, issuer_subject text, unique (issuer, issuer_subject))`);
    await runner.query(`create table console.person_grant (
      person_id text not null references console.person, role text not null, target text not null, source text not null,
      granted_by text not null, granted_at timestamptz not null, primary key (person_id, source, role, target))`);
    await runner.query(`create table console.credential (
      person_id text primary key references console.person, login text not null unique, hash text, changed_at timestamptz not null)`);
    await runner.query(`create table console.session (
      id_hash bytea primary key, person_id text not null references console.person, method text not null, started_at timestamptz not null,
      used_at timestamptz not null, id_token text)`);
    await runner.query(`create index session_person on console.session (person_id)`);
    await runner.query(`create table console.sign_in_link (
      code_hash bytea primary key, person_id text not null references console.person, made_by text not null,
      expires_at timestamptz not null)`);
    await runner.query(`create table console.set_up_code (one integer primary key check (one = 1), code_hash bytea not null)`);
    await runner.query(`create table console.oidc_request (
      state_hash bytea primary key, browser_hash bytea not null, nonce text not null, verifier text not null, return_to text not null,
      expires_at timestamptz not null)`);
    await runner.query(`create table console.attempts (
      key text primary key, failed_at jsonb not null, locked_until timestamptz not null, changed_at timestamptz not null)`);
    await runner.query(`create table console.api_token (
      id text primary key, person_id text not null references console.person, name text not null, scope jsonb not null,
      created_at timestamptz not null, expires_at timestamptz not null, withdrawn_at timestamptz)`);
    await runner.query(`create index api_token_person on console.api_token (person_id, created_at desc)`);
    await runner.query(`create table console.revocation (
      kind text not null check (kind in ('token', 'subject')), key text not null, issued_before bigint, until timestamptz not null,
      primary key (kind, key))`);
    await this.events(runner);
  }

  /** What was decided about people, by whom: rows are added, and never changed or taken away. */
  private async events(runner: QueryRunner): Promise<void> {
    await runner.query(`create table console.identity_event (
      id bigint generated always as identity primary key, at timestamptz not null default now(), event text not null, subject text not null,
      by_subject text not null, detail jsonb not null default '{}')`);
    await runner.query(`create function console.refuse_change() returns trigger language plpgsql as
      $$ begin raise exception 'rows of % are never changed', tg_table_name; end $$`);
    await runner.query(`create trigger identity_event_is_added_only before update or delete or truncate on console.identity_event
      for each statement execute function console.refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['identity_event', 'revocation', 'api_token', 'attempts', 'oidc_request', 'set_up_code', 'sign_in_link', 'session'])
      await runner.query(`drop table console.${table}`);
    for (const table of ['credential', 'person_grant', 'person']) await runner.query(`drop table console.${table}`);
    await runner.query(`drop function console.refuse_change()`);
  }
}
