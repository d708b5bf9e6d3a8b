import { readList, readRecord, readText } from '../../recon/read-value.js';
import type { ListPage } from '../../recon/read.js';
import { hrefOf } from '../../shell/address.js';
import { useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { RecordList } from './labels.js';

/** Rows per request. */
export const pageSize = 50;

/** A row as recon sent it; every field is validated when it is displayed. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a list with the filters of the address. */
export function useRecords(list: RecordList, query: Readonly<Record<string, string | null>>): Answer<ListPage<Row>> {
  return useRecon(hrefOf(list.path, { ...query, limit: String(pageSize) }), (value) => {
    const { [list.rows]: rows, next } = readRecord(value);
    return { rows: readList(rows, readRecord), next: readText(next) };
  });
}
