import type { DataSource } from 'typeorm';
import { withDatabase } from '../data-source.js';
import { keyIdSql } from './payload-envelope.js';
import { holdsPayloadSql } from './payload-table.js';
import type { PayloadTable } from './payload-table.js';
import { inPages, pagesOf } from './table-pages.js';

/** How many rows of a column a key encrypts. */
export interface KeyUse {
  /** `schema.table.column`. */
  readonly column: string;
  /** Id of the key; '' for rows that are not encrypted. */
  readonly keyId: string;
  readonly rows: number;
}

const pagesAtOnce = 1_000;

/** Rows of each column under each key, and those that are not encrypted. */
export async function keyUse(database: DataSource, tables: readonly PayloadTable[]): Promise<KeyUse[]> {
  const found: KeyUse[] = [];
  for (const payloads of tables)
    for (const [column, type] of Object.entries(payloads.columns)) {
      const { table } = payloads;
      const rows = new Map<string, number>();
      for await (const pages of pagesOf(database, table, pagesAtOnce))
        for (const counted of await withDatabase(`counting the keys of ${table}`, () =>
          database.query<{ key_id: string; rows: number }[]>(
            `select coalesce(${keyIdSql(column, type)}, '') as key_id, count(*)::int as rows from ${table}
             where ${holdsPayloadSql(payloads, column)} and ${inPages} group by 1`,
            [...pages],
          ),
        ))
          rows.set(counted.key_id, (rows.get(counted.key_id) ?? 0) + counted.rows);
      found.push(...[...rows].sort().map(([keyId, count]) => ({ column: `${table}.${column}`, keyId, rows: count })));
    }
  return found;
}

/** Rows under each key, over all columns. */
export function rowsByKey(use: readonly KeyUse[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { keyId, rows } of use) sums.set(keyId, (sums.get(keyId) ?? 0) + rows);
  return sums;
}
