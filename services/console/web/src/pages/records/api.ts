import { useEffect, useState } from 'react';
import { readList, readRecord, readText } from '../../recon/read-value.js';
import type { ListPage } from '../../recon/read.js';
import { getJson, messageOf } from '../../shell/http.js';
import { hrefOf } from '../../shell/router.js';
import type { RecordList } from './labels.js';

/** Rows per request. */
export const pageSize = 50;

/** A row as recon sent it; every field is validated when it is displayed. */
export type Row = Readonly<Record<string, unknown>>;

interface Answer {
  readonly path: string;
  readonly page: ListPage<Row> | undefined;
  readonly problem: string | undefined;
}

/** Loads the rows of a list with the filters of the address, and loads them again when `tick` changes. */
export function useRecords(
  list: RecordList,
  query: Readonly<Record<string, string | null>>,
  tick: string | null | undefined,
): Omit<Answer, 'path'> {
  const path = hrefOf(list.path, { ...query, limit: String(pageSize) });
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    const abort = new AbortController();
    getJson(path, abort.signal).then(
      (value) => {
        const { [list.rows]: rows, next } = readRecord(value);
        setAnswer({ path, page: { rows: readList(rows, readRecord), next: readText(next) }, problem: undefined });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setAnswer((before) => ({ path, page: before?.path === path ? before.page : undefined, problem: messageOf(error) }));
      },
    );
    return () => abort.abort();
  }, [path, list.rows, tick]);
  return answer?.path === path ? answer : { page: undefined, problem: undefined };
}
