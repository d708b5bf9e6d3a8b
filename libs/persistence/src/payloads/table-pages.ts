import type { DataSource } from 'typeorm';
import { withDatabase } from '../data-source.js';

/** SQL condition for the rows that stand in pages `$1` to `$2` of a table; PostgreSQL reads only those. */
export const inPages = `ctid >= format('(%s,0)', $1::bigint)::tid and ctid < format('(%s,0)', $2::bigint)::tid`;

/** First page, and the page behind the last, of each part of a table; so that no statement takes long, however many rows there are. */
export async function* pagesOf(database: DataSource, table: string, atOnce: number): AsyncGenerator<readonly [number, number]> {
  for (let page = 0; page < (await pageCount(database, table)); page += atOnce) yield [page, page + atOnce];
}

async function pageCount(database: DataSource, table: string): Promise<number> {
  const [row] = await withDatabase(`measuring ${table}`, () =>
    database.query<{ pages: number }[]>(`select (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int as pages`, [
      table,
    ]),
  );
  return row?.pages ?? 0;
}
