import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who looks after a dead letter, and what people say about it. Both are decisions and words of people, which no topic has: a rebuild of the views
 * keeps them. The id of a letter is derived from its place, so they find it again.
 */
export class LetterTalk1700000000017 implements MigrationInterface {
  readonly name = 'LetterTalk1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recon.dead_letter_assignment (
        letter_id text primary key, subject text not null, name text not null, assigned_by text not null,
        assigned_at timestamptz not null default now());
      create index assignment_subject on recon.dead_letter_assignment (subject);

      create table recon.dead_letter_comment (
        id text primary key, place bigint generated always as identity, letter_id text not null, text text not null,
        author_subject text not null, author_name text not null, written_at timestamptz not null default now());
      create index comment_letter on recon.dead_letter_comment (letter_id, place);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table recon.dead_letter_comment; drop table recon.dead_letter_assignment`);
  }
}
