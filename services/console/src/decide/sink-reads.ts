import { unreleasedPage } from './unreleased-groups.js';

/** A list that erp-sinks answer, each with its own part. The console asks those that serve what is asked for, and answers one list. */
export interface SinkRead {
  readonly path: string;
  /** Field of the answer that holds the rows. */
  readonly rows: string;
  /** Field with the time by which rows are sorted, newest first; absent: in the order of ERP_SINK_URLS. */
  readonly newestBy?: string;
}

const table = [
  { path: '/targets', rows: 'targets' },
  { path: '/batches', rows: 'batches', newestBy: 'openedAt' },
  { path: '/calls', rows: 'calls', newestBy: 'at' },
  { path: '/release-orders', rows: 'orders', newestBy: 'orderedAt' },
] as const satisfies readonly SinkRead[];

/** Paths of erp-sinks that pages may read. */
export type SinkPath = (typeof table)[number]['path'];

/** All lists of erp-sinks that pages may read. */
export const sinkReads: readonly (SinkRead & { readonly path: SinkPath })[] = table;

/** The list at a path below /api; undefined: none of erp-sinks. */
export function sinkReadAt(path: string): SinkRead | undefined {
  return sinkReads.find((read) => read.path === path);
}

/** What the browser is answered, of the answers of all sinks. @param query of the request. */
export function bodyOfAll(read: SinkRead, answers: readonly unknown[], query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? Number.NaN);
  if (read.path === '/batches' && query.get('unreleased') === 'true') return unreleasedPage(answers, query);
  return { [read.rows]: mergedRows(read, answers, Number.isInteger(limit) ? limit : undefined) };
}

/**
 * The rows of all parts in one list.
 * @param answers bodies of the sinks. Whatever is no list has no rows. @param limit of rows; undefined: all that the sinks answered.
 */
export function mergedRows({ rows, newestBy }: SinkRead, answers: readonly unknown[], limit: number | undefined): unknown[] {
  const all = answers.flatMap((answer) => {
    const list: unknown = (answer as Record<string, unknown> | null)?.[rows];
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  if (newestBy !== undefined) all.sort((a, b) => timeOf(b, newestBy) - timeOf(a, newestBy));
  return limit === undefined ? all : all.slice(0, limit);
}

function timeOf(row: unknown, field: string): number {
  const time = Date.parse(String((row as Record<string, unknown> | null)?.[field]));
  return Number.isNaN(time) ? 0 : time;
}
