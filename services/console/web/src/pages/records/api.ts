import { sent } from '../../api/sent.js';
import type { Sent } from '../../api/sent.js';
import { readSum } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import { readList, readRow, readText } from '../../recon/read-value.js';
import type { Row } from '../../recon/read-value.js';
import type { Sum } from '../../recon/shapes.js';
import { usePageSize } from '../../shell/page-size.js';
import { useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { RecordList } from './record-list.js';

type Query = Readonly<Record<string, string | null>>;

/** The rows of a list with the filters of the address. Every field is read when it is displayed. */
export function useRecords(list: RecordList, query: Query): Answer<ListPage<Row>> {
  return useRead(list.path, { ...query, limit: String(usePageSize()) }, (value) => readRows(value, list.rows));
}

function readRows(value: Sent<unknown>, name: string): ListPage<Row> {
  const { [name]: rows, next, previous } = readRow(value);
  return { rows: readList(sent(rows), readRow), next: readText(sent(next)), previous: readText(sent(previous)) };
}

/** Count and amounts of a whole list, of all its pages; undefined while they are not known, or where recon does not sum the list. */
export function useRecordTotals(list: RecordList, filters: Query): Sum | undefined {
  return useRead(list.totals ?? '/api/payments/totals', filters, readSum, { enabled: list.totals !== undefined }).data;
}
