import { csvText } from '@tributary/domain';
import type { OfAllSinks, OpenBatchView } from '@tributary/contracts';

/** Columns of the file, with what stands below them. */
const columns: Readonly<Record<string, (group: Partial<OpenBatchView>) => unknown>> = {
  'opened (UTC)': ({ openedAt }) => openedAt,
  target: ({ target }) => target,
  group: ({ batchId }) => batchId,
  state: ({ state }) => state,
  kind: ({ kind }) => kind,
  date: ({ date }) => date,
  documents: ({ documents }) => documents,
  money: ({ amounts }) =>
    (Array.isArray(amounts) ? amounts : [])
      .map(({ text, minor, exact, currency }) => `${exact ? text : `${minor} minor units`} ${currency}`)
      .join('; '),
  'released by a person': ({ byPerson }) => (byPerson === true ? 'yes' : 'no'),
  'what was wrong': ({ text }) => text,
};

/**
 * Groups that are not released as a CSV file. Its last line says how many they are, and that they are not all where a sink did not answer or
 * its answer was full. @param rows as the sinks answered. @param limit most rows of one sink.
 */
export function groupCsv(rows: readonly unknown[], { silent }: OfAllSinks, limit: number): string {
  const groups = rows.map((row) => (typeof row === 'object' && row !== null ? (row as Partial<OpenBatchView>) : {}));
  const missing = [
    ...silent.map(({ targets }) => `the sink of ${targets.join(', ')} does not answer`),
    ...(rows.length >= limit ? [`a file has at most ${limit}`] : []),
  ];
  const end =
    missing.length === 0
      ? ['end of the list', `${rows.length} rows`]
      : ['not the whole list', `${rows.length} rows; ${missing.join('; ')}`];
  return csvText([Object.keys(columns), ...groups.map((group) => Object.values(columns).map((cell) => cellText(cell(group)))), end]);
}

function cellText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
