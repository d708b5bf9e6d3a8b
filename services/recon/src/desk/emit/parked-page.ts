import type { PageStart } from '../../shared/decide/keyset-page.js';
import { visibleTopic } from './dead-letter-filter.js';
import { parkedMoney } from './parked-sql.js';

const key = (row: string): string =>
  ['parked_at', 'consumer_group', 'source_topic', 'source_partition', 'source_offset'].map((column) => `${row}.${column}`).join(', ');

/**
 * SQL of a page of messages that wait, the longest waiting first, in the direction in which the page is read. Parameters `$1` to `$5`: beyond which place
 * ({@link parkedPlace}), or nulls; `$6` how many; `$7` topics that may be seen.
 */
export function parkedSql({ beyond, order }: Pick<PageStart, 'beyond' | 'order'>): string {
  const sorted = (row: string): string => key(row).replaceAll(',', ` ${order},`) + ` ${order}`;
  return `
    select w.*, w.source_offset::text as offset_text, w.minor::text as minor_text, (extract(epoch from w.parked_at) * 1000000)::bigint::text as cursor_at
    from (${parkedMoney(`${visibleTopic('p.source_topic', '$7')}
      and ($1::bigint is null or (${key('p')}) ${beyond} ('epoch'::timestamptz + $1::bigint * interval '1 microsecond', $2::text, $3::text, $4::int, $5::bigint))
      order by ${sorted('p')} limit $6`)}) as w
    order by ${sorted('w')}`;
}

/** Where a page of {@link parkedSql} ends: microseconds since 1970, partition, offset, topic and group. */
export function parkedCursor(row: { readonly [column: string]: unknown; readonly cursor_at: string }): string {
  const text = (column: string): string => encodeURIComponent(String(row[column]));
  return [row.cursor_at, text('consumer_group'), text('source_topic'), text('source_partition'), text('offset_text')].join('/');
}

/** A cursor of {@link parkedCursor}, as controllers accept it. */
export const parkedCursorForm = /^-?\d{1,18}(?:\/(?:[\w.!~*'()-]|%[0-9A-F]{2})*){2}\/\d{1,9}\/\d{1,18}$/;

/** The place that a cursor names: parameters `$1` to `$5` of {@link parkedSql}. @param cursor of {@link parkedCursorForm}. */
export function parkedPlace(cursor: string): string[] {
  return cursor.split('/').map(decodeURIComponent);
}
