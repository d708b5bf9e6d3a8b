import { clearMembers, keyIdSql, membersNamed, payloadPlace, payloadsOf } from '@tributary/persistence';
import type { PayloadCipher, PayloadTable } from '@tributary/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { toLedgerJson } from './ledger-json.js';
import { toStorable } from './storable-text.js';

/** Requested documents, and what the target said about them. */
export const postingPayloads: PayloadTable = {
  table: 'erp_sink.posting',
  key: ['posting_key'],
  columns: { request: 'jsonb', origin: 'jsonb', set_aside: 'jsonb', discarding: 'jsonb', text: 'text' },
  clear: { set_aside: membersNamed('requestId') },
};
/** Outcomes. The reference of the document stays readable, as it does in the posting. */
export const outcomePayloads: PayloadTable = {
  table: 'erp_sink.outcome',
  key: ['request_id'],
  columns: { event: 'jsonb', dead_letter: 'jsonb' },
  clear: { event: membersNamed('reference') },
};

/** What was sent to the target and what it answered, compressed. */
export const callPayloads: PayloadTable = { table: 'erp_sink.call', key: ['id'], columns: { exchanges: 'bytea' } };

/** A value of a JSON column as it is stored, for {@link toLedgerJson}. @param key of the row, as PostgreSQL has it. */
export function sealedJson(cipher: PayloadCipher, table: PayloadTable, column: string, key: readonly string[], value: unknown): unknown {
  if (value === undefined || value === null || cipher.keyId === undefined) return value;
  const clear = clearMembers(table, column, value);
  return JSON.parse(cipher.sealJson(payloadPlace(table, column, key), toLedgerJson(value), clear)) as unknown;
}

/** Text of a column as it is stored; storable before it is encrypted, so that it reads back as a text that was stored without a key. */
export function sealedText(
  cipher: PayloadCipher,
  table: PayloadTable,
  column: string,
  key: readonly string[],
  text: string | null | undefined,
): string | null | undefined {
  return text === undefined || text === null || cipher.keyId === undefined
    ? text
    : cipher.sealText(payloadPlace(table, column, key), toStorable(text));
}

/** Such a row with its encrypted columns as they were. @throws {PayloadKeyMissingError | PayloadUnreadableError} naming column and row. */
export function openedRow<Row extends object>(cipher: PayloadCipher, table: PayloadTable, key: readonly string[], row: Row): Row {
  const opened = Object.entries(table.columns).map(([column, type]) => {
    const stored = (row as Record<string, unknown>)[column];
    if (stored === undefined || stored === null) return [column, stored];
    const place = payloadPlace(table, column, key);
    return [column, type === 'text' ? cipher.openText(place, stored as string) : cipher.openJson(place, stored)];
  });
  return { ...row, ...Object.fromEntries(opened.filter(([, value]) => value !== undefined)) } as Row;
}

/**
 * What is encrypted in a JSON column of some rows, as a JSON text of `(key text, plain jsonb)` for jsonb_to_recordset: PostgreSQL compares and
 * digests what is not encrypted, and has no key.
 * @param keys of the rows.
 */
export async function plainForSql(
  database: DataSource | EntityManager,
  { table, column }: { readonly table: PayloadTable; readonly column: string },
  keys: readonly string[],
): Promise<string> {
  const [key = ''] = table.key;
  const rows = await database.query<{ key: string; stored: unknown }[]>(
    `select ${key} as key, ${column} as stored from ${table.table} where ${key} = any($1) and ${keyIdSql(column, 'jsonb')} is not null`,
    [keys],
  );
  const cipher = payloadsOf(database);
  const plain = rows.map((row) => {
    const json = cipher.openJsonText(payloadPlace(table, column, [row.key]), row.stored) ?? 'null';
    return `{"key":${JSON.stringify(row.key)},"plain":${json}}`;
  });
  return `[${plain.join(',')}]`;
}
