import { readRecord } from '../../recon/read-value.js';
import { readPage, readSum } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import type { Sum } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { RecordList } from './record-list.js';

/** Rows per request. */
export const pageSize = 50;

/** A row as recon sent it; every field is validated when it is displayed. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a list with the filters of the address. */
export function useRecords(list: RecordList, query: Readonly<Record<string, string | null>>): Answer<ListPage<Row>> {
  return useRecon(hrefOf(list.path, { ...query, limit: String(pageSize) }), (value) => readPage(value, list.rows, readRecord));
}

/** Count and amounts of a whole list, of all its pages; undefined while they are not known, or where recon does not sum the list. */
export function useRecordTotals(list: RecordList, filters: Readonly<Record<string, string | null>>): Sum | undefined {
  return useRecon(hrefOf(list.totals ?? list.path, filters), readSum, { enabled: list.totals !== undefined }).data;
}
