/** Which page of a list is asked for: the rows after a cursor, those before one, or the first ones. */
export interface PageRequest {
  readonly limit: number;
  /** `next` of another page. */
  readonly after?: string | undefined;
  /** `previous` of another page; not looked at beside `after`. */
  readonly before?: string | undefined;
}

/** Cursors of the pages around one; null where there is none. */
export interface Neighbours {
  readonly next: string | null;
  readonly previous: string | null;
}

/** A page of a list, with the cursors of its neighbours. */
export interface KeysetPage<Row> extends Neighbours {
  readonly rows: Row[];
}

/** How a page is read: from a cursor on, in one direction. */
export interface PageStart {
  readonly cursor: string | undefined;
  /** Comparison of a row's key with the cursor's. */
  readonly beyond: '<' | '>';
  readonly order: 'asc' | 'desc';
  /** Rows to ask for: one more than are shown tells whether there is another page. */
  readonly rows: number;
}

/** Where a page begins. @param order of the list, as people read it. */
export function pageStart({ limit, after, before }: PageRequest, order: 'asc' | 'desc' = 'desc'): PageStart {
  const isBack = after === undefined && before !== undefined;
  const read = isBack === (order === 'desc') ? 'asc' : 'desc';
  return { cursor: after ?? before, beyond: read === 'asc' ? '>' : '<', order: read, rows: limit + 1 };
}

/**
 * The page that was asked for, of the rows as they were read from {@link pageStart}.
 * @param more whether there are rows beyond the page; default: more were found than it has.
 */
export function keysetPage<Row>(
  { limit, after, before }: PageRequest,
  found: readonly Row[],
  cursorOf: (row: Row) => string,
  more = found.length > limit,
): KeysetPage<Row> {
  const rows = found.slice(0, limit);
  const isBack = after === undefined && before !== undefined;
  if (isBack) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  // The row of the cursor itself stands on the page from which somebody came, so there is one in that direction.
  return {
    rows,
    next: last !== undefined && (isBack || more) ? cursorOf(last) : null,
    previous: first !== undefined && (isBack ? more : after !== undefined) ? cursorOf(first) : null,
  };
}
