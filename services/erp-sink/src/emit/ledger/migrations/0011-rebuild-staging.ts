import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Staging tables of a rebuild, in a schema of their own. A rebuild made them itself before: where one ran they are there. Unlogged, since
 * everything in them can be read again (after a crash of PostgreSQL they are empty, with the progress).
 */
export class RebuildStaging1700000000011 implements MigrationInterface {
  readonly name = 'RebuildStaging1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query(`select to_regnamespace('erp_sink_rebuild') is not null as made`)) as [{ made: boolean }];
    if (!found.made) await runner.query('create schema erp_sink_rebuild');
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema erp_sink_rebuild cascade');
  }
}

const tables = `
  create unlogged table if not exists erp_sink_rebuild.progress (
    target text not null, topic text not null, partition integer not null, next bigint not null, primary key (target, topic, partition));
  create unlogged table if not exists erp_sink_rebuild.request (
    target text not null, topic text not null, partition integer not null, "offset" bigint not null, request_id text not null,
    posting_key text not null, kind text not null, record_key text not null, written_at bigint not null, headers jsonb not null, value jsonb not null,
    primary key (target, topic, partition, "offset"));
  create index if not exists request_key on erp_sink_rebuild.request (target, posting_key);
  create unlogged table if not exists erp_sink_rebuild.dead_letter (
    target text not null, request_id text not null, primary key (target, request_id));
  create unlogged table if not exists erp_sink_rebuild.word (
    target text not null, partition integer not null, "offset" bigint not null, request_id text not null, posting_key text not null,
    kind text not null, record_key text not null, number integer not null, event jsonb not null,
    primary key (target, partition, "offset"));
  create index if not exists word_key on erp_sink_rebuild.word (target, posting_key);
  create unlogged table if not exists erp_sink_rebuild.cross_reference (
    target text not null, posting_key text not null, kind text not null, reference jsonb not null, primary key (target, posting_key));
  create unlogged table if not exists erp_sink_rebuild.look (
    target text not null, kind text not null, started_at timestamptz not null, cursor text, done boolean not null default false,
    primary key (target, kind));
  create unlogged table if not exists erp_sink_rebuild.document (
    target text not null, kind text not null, mark text not null, name text not null, planted_key text, document jsonb not null,
    primary key (target, kind, mark, name));
  create index if not exists document_key on erp_sink_rebuild.document (target, planted_key) where planted_key is not null;`;
