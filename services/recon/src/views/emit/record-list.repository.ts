import { Injectable } from '@nestjs/common';
import type { CanonicalEventRow, EventRow, ListTotals, OutcomeRow, PostingRow } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { KeysetPage, PageRequest } from '../../shared/decide/keyset-page.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { canonicalSource, eventSource, outcomeSource, postingSource } from './record-sources.js';
import type { EventFilter, PostingFilter, RecordFilter, RecordSource } from './record-sources.js';

/** Cursor: a time and an id, newest first. The time is in microseconds, the precision of PostgreSQL. */
const cursorPattern = /^(-?\d{1,18})~(.+)$/s;
/** Kinds of rows that a total names. */
const namedKinds = 20;

/** Reads the lists that contain no payments. All are paged by key, so that new rows do not shift the pages. */
@Injectable()
export class RecordListRepository {
  constructor(private readonly dataSource: DataSource) {}

  events(filter: EventFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<KeysetPage<EventRow>> {
    return this.page<EventRow>(eventSource(filter, visible), page);
  }

  canonicalEvents(page: PageRequest, filter: RecordFilter = {}): Promise<KeysetPage<CanonicalEventRow>> {
    return this.page<CanonicalEventRow>(canonicalSource(filter), page);
  }

  postings(filter: PostingFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<KeysetPage<PostingRow>> {
    return this.page<PostingRow>(postingSource(filter, visible), page);
  }

  outcomes(filter: PostingFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<KeysetPage<OutcomeRow>> {
    return this.page<OutcomeRow>(outcomeSource(filter, visible), page);
  }

  /** How many rows a list has, and of which kinds. */
  async totals({ select, values }: RecordSource): Promise<ListTotals> {
    const found = await this.query<{ name: string | null; count: string }>(
      `select sort as name, count(*) from (${select}) list group by 1 order by 2 desc, 1`,
      [...values],
    );
    const kinds = found.map(({ name, count }) => ({ name: name ?? 'unknown', count: Number(count) }));
    return { count: kinds.reduce((sum, { count }) => sum + count, 0), kinds: kinds.slice(0, namedKinds) };
  }

  /** One page. `id`, `at` and `sort` are not returned: they determine the order and the cursor. */
  async page<Row extends object>({ select, values }: RecordSource, request: PageRequest): Promise<KeysetPage<Row>> {
    const start = pageStart(request);
    const [, at, id] = cursorPattern.exec(start.cursor ?? '') ?? [];
    const first = values.length + 1;
    const cursor = `('epoch'::timestamptz + $${first + 1}::bigint * interval '1 microsecond', $${first + 2})`;
    const found = await this.query<Row & { id: string; at: Date; sort: string; cursor_at: string }>(
      `select *, (extract(epoch from at) * 1000000)::bigint::text as cursor_at from (${select}) list
       ${at === undefined ? '' : `where (at, id) ${start.beyond} ${cursor}`} order by at ${start.order}, id ${start.order} limit $${first}`,
      [...values, start.rows, ...(at === undefined ? [] : [at, id])],
    );
    const { rows, ...neighbours } = keysetPage(request, found, (row) => `${row.cursor_at}~${row.id}`);
    return { rows: rows.map(({ id: _id, at: _at, sort: _sort, cursor_at: _cursor, ...row }) => row as unknown as Row), ...neighbours };
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading a list', () => this.dataSource.query<Row[]>(sql, values));
  }
}
