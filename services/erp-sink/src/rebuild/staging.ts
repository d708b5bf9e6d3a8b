import type { DataSource, EntityManager } from 'typeorm';
import { toLedgerJson } from '../emit/ledger/ledger-json.js';

/** Staging tables of a rebuild, so that it can continue after a kill (made by the migrations of the ledger). The sink never reads them. */
const names = ['progress', 'request', 'dead_letter', 'word', 'cross_reference', 'look', 'document'] as const;
const documentTables = ['look', 'document'] as const;

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
