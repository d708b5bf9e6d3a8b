import { Injectable } from '@nestjs/common';
import { events } from '@tributary/contracts';
import { DataSource } from 'typeorm';
import type { EventState } from '@tributary/contracts';
import { documentResults } from '../../shared/decide/results.js';
import { targetsParameter } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { seenBy } from './seen-sql.js';
import { stuckEvents } from './stuck-events.js';

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
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly eventId: string;
  readonly result: string | null;
  readonly requestedAt: string | null;
}

/** Cursor: a time and an id, newest first. The time is in microseconds, the precision of PostgreSQL. */
const cursorPattern = /^(-?\d{1,18})~(.+)$/s;

/** Reads the lists that contain no payments. All are paged by key, so that new rows do not shift the pages. */
@Injectable()
export class RecordListRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Events in one state, or stuck events. An event that was delivered more than once is also in the list of ignored events, for its
   * duplicates (I2).
   */
  events(
    filter: { state?: EventState | undefined; reason?: string | undefined; stuck?: boolean | undefined },
    page: PageRequest,
    visible: VisibleTargets = '*',
  ): Promise<ListPage<EventRow>> {
    const seen = seenBy(visible, 4);
    return this.page<EventRow>(
      `select event_id as id, first_received_at as at, event_id as "eventId", type, state, reason, deliveries, first_received_at as "firstReceivedAt"
       from ${seen.events} e
       where deliveries > 0 and ($1::text is null or state = $1 or ($1 = 'ignored' and deliveries > 1 and ($2::text is null or $2 = 'duplicate')))
         and ($2::text is null or coalesce(reason, 'unknown') = $2 or ($2 = 'duplicate' and deliveries > 1)) and (not $3 or (${stuckEvents}))`,
      [filter.state ?? null, filter.reason ?? null, filter.stuck ?? false, ...seen.values],
      page,
    );
  }

  canonicalEvents(page: PageRequest): Promise<ListPage<CanonicalEventRow>> {
    return this.page<CanonicalEventRow>(
      `select f.canonical_id as id, coalesce(e.translated_at, e.first_received_at, 'epoch') as at, f.canonical_id as "canonicalId", f.event_id as "eventId",
         f.type, f.ignored_reason as "ignoredReason", e.translated_at as "translatedAt"
       from recon.fact f left join recon.event e using (event_id) where f.type <> $1`,
      [events.postingConcluded.type],
      page,
    );
  }

  /**
   * Posting requests with their outcomes.
   * @param filter.written lists what was written instead of what was requested: ERP documents or metadata of Stripe objects. A document
   * that was changed several times is one row, that of its newest request.
   */
  postings(
    filter: { target?: string | undefined; written?: 'documents' | 'metadata' | undefined; visible?: VisibleTargets },
    page: PageRequest,
  ): Promise<ListPage<PostingRow>> {
    return this.page<PostingRow>(
      `select request_id as id, coalesce(requested_at, concluded_at, 'epoch') as at, posting_key as "postingKey", target, kind, event_id as "eventId",
         result, requested_at as "requestedAt"
       from recon.posting p
       where ($1::text is null or target = $1) and ($4::text[] is null or target = any($4)) and (requested_at is not null or $2::text is not null)
         and ($2::text is null or (result = any($3) and (kind = 'metadata') = ($2 = 'metadata') and not exists (
           select 1 from recon.posting newer where newer.posting_key = p.posting_key and newer.result = any($3)
             and (coalesce(newer.requested_at, newer.concluded_at, 'epoch'), newer.request_id)
               > (coalesce(p.requested_at, p.concluded_at, 'epoch'), p.request_id))))`,
      [filter.target ?? null, filter.written ?? null, documentResults, targetsParameter(filter.visible ?? '*')],
      page,
    );
  }

  /** @param select query for rows with `id` and `at`. These two are not returned: they determine the order and the cursor. */
  private async page<Row extends object>(select: string, parameters: unknown[], { limit, after }: PageRequest): Promise<ListPage<Row>> {
    const [, at, id] = cursorPattern.exec(after ?? '') ?? [];
    const first = parameters.length + 1;
    const found = await this.dataSource.query<(Row & { id: string; at: Date; cursor_at: string })[]>(
      `select *, (extract(epoch from at) * 1000000)::bigint::text as cursor_at from (${select}) list
       where $${first}::text is null or (at, id) < ('epoch'::timestamptz + $${first}::bigint * interval '1 microsecond', $${first + 1})
       order by at desc, id desc limit $${first + 2}`,
      [...parameters, at ?? null, id ?? null, limit + 1],
    );
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map(({ id: _id, at: _at, cursor_at: _cursor, ...row }) => row as unknown as Row),
      next: found.length > limit && last ? `${last.cursor_at}~${last.id}` : null,
    };
  }
}
