import type { PayloadCipher, PayloadTable } from '@tributary/persistence';
import { openedRow, sealedJson } from '../emit/ledger/ledger-payloads.js';
import { toStorable } from '../emit/ledger/storable-text.js';

/** Names a record of a topic. */
const record = ['target', 'topic', 'partition', 'offset'];

/**
 * Staging tables with encrypted columns. They are emptied when the rebuild ends, so nothing encrypts them anew under another key: an old key is
 * needed until then.
 */
export const stagedPayloads = {
  request: { table: 'erp_sink_rebuild.request', key: record, columns: { headers: 'jsonb', value: 'jsonb' } },
  word: { table: 'erp_sink_rebuild.word', key: record.filter((name) => name !== 'topic'), columns: { event: 'jsonb' } },
  document: { table: 'erp_sink_rebuild.document', key: ['target', 'kind', 'mark', 'name'], columns: { document: 'jsonb' } },
} as const satisfies Readonly<Record<string, PayloadTable>>;

/** Rows of a staging table as they are stored. */
export function sealedRows(cipher: PayloadCipher, table: PayloadTable, rows: readonly object[]): object[] {
  return rows.map((row) => {
    const key = keyOf(table, row).map(toStorable);
    const sealed = Object.keys(table.columns).map((column) => [column, sealedJson(cipher, table, column, key, valueOf(row, column))]);
    return { ...row, ...Object.fromEntries(sealed) };
  });
}

/** A row of a staging table as it was. It has to hold the columns of the key. */
export function openedStaged<Row extends object>(cipher: PayloadCipher, table: PayloadTable, row: Row): Row {
  return openedRow(cipher, table, keyOf(table, row), row);
}

function keyOf({ key }: PayloadTable, row: object): string[] {
  return key.map((column) => String(valueOf(row, column)));
}

function valueOf(row: object, column: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[column];
}
