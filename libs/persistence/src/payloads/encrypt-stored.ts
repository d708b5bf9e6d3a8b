import type { DataSource } from 'typeorm';
import { withDatabase } from '../data-source.js';
import { keyIdSql } from './payload-envelope.js';
import type { PayloadType } from './payload-envelope.js';
import { clearMembers, holdsPayloadSql, payloadPlace } from './payload-table.js';
import type { PayloadTable } from './payload-table.js';
import { payloadsOf } from './payloads-of.js';
import { isPayloadProblem } from './payload.errors.js';
import { inPages, pagesOf } from './table-pages.js';

/** What a run over a column did. */
export interface EncryptedColumn {
  /** `schema.table.column`. */
  readonly column: string;
  /** Rows that it encrypted with the newest key. */
  readonly encrypted: number;
  /** Rows that no key decrypts; they stay as they are. */
  readonly unreadable: number;
  /** About the first of them, as a sentence. */
  readonly problem: string | undefined;
}

/** A column of a table. */
interface Column {
  readonly database: DataSource;
  readonly table: PayloadTable;
  readonly name: string;
  readonly type: PayloadType;
}

interface StaleRow {
  readonly key: readonly string[];
  readonly stored: Buffer | string;
}

const pagesAtOnce = 64;
const rowsAtOnce = 50;

/**
 * Encrypts with the newest key what is not: one row at a time, under the condition that nobody changed it meanwhile. It is safe beside
 * everything else, and to be repeated.
 * @param signal ends it after the rows that are under way.
 * @returns an entry for each column that had such rows; none without keys.
 */
export async function encryptStored(
  database: DataSource,
  tables: readonly PayloadTable[],
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: (done: EncryptedColumn) => void } = {},
): Promise<EncryptedColumn[]> {
  const done: EncryptedColumn[] = [];
  for (const table of tables)
    for (const [name, type] of Object.entries(table.columns)) {
      const result = await encryptColumn({ database, table, name, type }, signal);
      if (result.encrypted + result.unreadable === 0) continue;
      done.push(result);
      onProgress?.(result);
    }
  return done;
}

async function encryptColumn(column: Column, signal: AbortSignal | undefined): Promise<EncryptedColumn> {
  const { database, table, name } = column;
  let done: EncryptedColumn = { column: `${table.table}.${name}`, encrypted: 0, unreadable: 0, problem: undefined };
  for await (const pages of pagesOf(database, table.table, pagesAtOnce))
    for (let skip = 0; !signal?.aborted;) {
      const rows = await staleRows(column, pages, skip);
      for (const row of rows) {
        const { isEncrypted, problem } = await encryptRow(column, row);
        if (!isEncrypted) skip += 1; // it stays stale, and is not met again in these pages
        done = {
          ...done,
          encrypted: done.encrypted + (isEncrypted ? 1 : 0),
          unreadable: done.unreadable + (problem === undefined ? 0 : 1),
          problem: done.problem ?? problem,
        };
      }
      if (rows.length < rowsAtOnce) break;
    }
  return done;
}

/** Rows of some pages that are not encrypted with the newest key. @param skip rows that were met and stay as they are. */
async function staleRows({ database, table, name, type }: Column, pages: readonly [number, number], skip: number): Promise<StaleRow[]> {
  const { keyId } = payloadsOf(database);
  if (keyId === undefined) return [];
  return withDatabase(`looking for payloads of ${table.table} to encrypt`, () =>
    database.query<StaleRow[]>(
      `select array[${table.key.map((key) => `${key}::text`).join(', ')}] as key, ${type === 'bytea' ? name : `${name}::text`} as stored
       from ${table.table} where ${holdsPayloadSql(table, name)} and ${keyIdSql(name, type)} is distinct from $3 and ${inPages}
       order by ctid limit ${rowsAtOnce} offset $4`,
      [...pages, keyId, skip],
    ),
  );
}

interface Attempt {
  readonly isEncrypted: boolean;
  /** Why it cannot be decrypted. */
  readonly problem?: string;
}

async function encryptRow({ database, table, name, type }: Column, row: StaleRow): Promise<Attempt> {
  let sealed: Buffer | string;
  try {
    sealed = sealedAgain({ database, table, name, type }, row);
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return { isEncrypted: false, problem: error.message };
  }
  const isSame = table.key.map((key, index) => `${key} = $${index + 3}`).join(' and ');
  const [, affected] = await withDatabase(`encrypting ${table.table}.${name}`, () =>
    database.query<[unknown, number]>(`update ${table.table} set ${name} = $1::${type} where ${name} = $2::${type} and ${isSame}`, [
      sealed,
      row.stored,
      ...row.key,
    ]),
  );
  return { isEncrypted: affected > 0 };
}

function sealedAgain({ database, table, name, type }: Column, { key, stored }: StaleRow): Buffer | string {
  const cipher = payloadsOf(database);
  const place = payloadPlace(table, name, key);
  if (Buffer.isBuffer(stored)) return cipher.sealBytes(place, cipher.openBytes(place, stored));
  if (type === 'text') return cipher.sealText(place, cipher.openText(place, stored));
  const json = cipher.openJsonText(place, JSON.parse(stored)) ?? stored;
  return cipher.sealJson(place, json, clearMembers(table, name, JSON.parse(json)));
}
