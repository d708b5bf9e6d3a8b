import type { DataSource, EntityManager } from 'typeorm';
import { toLedgerJson } from '../emit/ledger/ledger-json.js';

/**
 * Staging tables of a rebuild, so that it can continue after a kill. They are separate from the ledger, and the sink never reads them.
 * Unlogged, since everything in them can be read again (after a crash of PostgreSQL they are empty, with the progress).
 */
const tables = `
  create schema if not exists erp_sink_rebuild;
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

const names = ['progress', 'request', 'dead_letter', 'word', 'cross_reference', 'look', 'document'] as const;
const documentTables = ['look', 'document'] as const;

/** Creates the staging tables if they do not exist. */
export async function openStaging(database: DataSource): Promise<void> {
  await database.query(tables);
}

/** Deletes what was read about a target. `documents`: only what the ERP showed. */
export async function clearStaging(database: DataSource, target: string, what: 'everything' | 'documents'): Promise<void> {
  for (const name of what === 'everything' ? names : documentTables)
    await database.query(`delete from erp_sink_rebuild.${name} where target = $1`, [target]);
}

/**
 * Inserts rows in one statement, with text and numbers in a form that PostgreSQL can store. `columns` as in a record definition:
 * `request_id text, value jsonb`. Existing rows are left unchanged.
 */
export async function insertRows(tx: EntityManager, table: string, columns: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const list = columns
    .split(',')
    .map((column) => column.trim().split(' ')[0])
    .join(', ');
  await tx.query(
    `insert into ${table} (${list}) select ${list} from jsonb_to_recordset($1::jsonb) as row (${columns}) on conflict do nothing`,
    [toLedgerJson(rows)],
  );
}
