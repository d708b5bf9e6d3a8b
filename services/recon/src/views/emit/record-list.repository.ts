import { Injectable } from '@nestjs/common';
import type { EventState, ListTotals, OutcomeRow } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { canonicalSource, eventSource, outcomeSource, postingSource } from './record-sources.js';
import type { EventFilter, PostingFilter, RecordFilter, RecordSource } from './record-sources.js';

/** A page of a list, newest first; `next` is the cursor of the next page, null on the last one. */
export interface ListPage<Row> {
  readonly rows: Row[];
  readonly next: string | null;
}

/** Start of a page, and its number of rows. `after` is the cursor returned with the previous page. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A Stripe event. `deliveries` counts how often it was received; all but the first are duplicates. */
export interface EventRow {
  readonly eventId: string;
  readonly type: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly deliveries: number;
  readonly firstReceivedAt: string;
}

/** A canonical event that a Stripe event was translated into. */
export interface CanonicalEventRow {
  readonly canonicalId: string;
  readonly eventId: string;
  readonly type: string;
  readonly ignoredReason: string | null;
  readonly translatedAt: string | null;
}

/** A posting request and its outcome. */
export interface PostingRow {
  readonly requestId: string;
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly eventId: string;
  readonly result: string | null;
  readonly requestedAt: string | null;
}

/** Cursor: a time and an id, newest first. The time is in microseconds, the precision of PostgreSQL. */
const cursorPattern = /^(-?\d{1,18})~(.+)$/s;
/** Kinds of rows that a total names. */
const namedKinds = 20;

/** Reads the lists that contain no payments. All are paged by key, so that new rows do not shift the pages. */
@Injectable()
export class RecordListRepository {
  constructor(private readonly dataSource: DataSource) {}

  events(filter: EventFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<ListPage<EventRow>> {
    return this.page<EventRow>(eventSource(filter, visible), page);
  }

  canonicalEvents(page: PageRequest, filter: RecordFilter = {}): Promise<ListPage<CanonicalEventRow>> {
    return this.page<CanonicalEventRow>(canonicalSource(filter), page);
  }

  postings(filter: PostingFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<ListPage<PostingRow>> {
    return this.page<PostingRow>(postingSource(filter, visible), page);
  }

  outcomes(filter: PostingFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<ListPage<OutcomeRow>> {
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
  async page<Row extends object>({ select, values }: RecordSource, { limit, after }: PageRequest): Promise<ListPage<Row>> {
    const [, at, id] = cursorPattern.exec(after ?? '') ?? [];
    const first = values.length + 1;
    const behind =
      at === undefined ? '' : `where (at, id) < ('epoch'::timestamptz + $${first + 1}::bigint * interval '1 microsecond', $${first + 2})`;
    const found = await this.query<Row & { id: string; at: Date; sort: string; cursor_at: string }>(
      `select *, (extract(epoch from at) * 1000000)::bigint::text as cursor_at from (${select}) list ${behind}
       order by at desc, id desc limit $${first}`,
      [...values, limit + 1, ...(at === undefined ? [] : [at, id])],
    );
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map(({ id: _id, at: _at, sort: _sort, cursor_at: _cursor, ...row }) => row as unknown as Row),
      next: found.length > limit && last ? `${last.cursor_at}~${last.id}` : null,
    };
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading a list', () => this.dataSource.query<Row[]>(sql, values));
  }
}
