import type { DocumentComparison } from '@tributary/contracts';
import { CsvSheet } from '../../shared/decide/csv-sheet.js';

/** The file of documents beside the entries of the ledger. */
export const documentSheet = new CsvSheet<DocumentComparison>({
  'read at (UTC)': ({ checkedAt }) => checkedAt,
  document: ({ postingKey }) => postingKey,
  target: ({ target }) => target,
  kind: ({ kind }) => kind,
  state: ({ state }) => state,
  'what differs': ({ text }) => text,
  payment: ({ chargeId }) => chargeId,
  event: ({ eventId }) => eventId,
});

/** A sheet of rows as the database gives them. @param columns title -> field of the row. */
function sheetOf(columns: Readonly<Record<string, string>>): CsvSheet<object> {
  const cells = Object.entries(columns).map(
    ([title, field]) => [title, (row: object) => cellOf((row as Readonly<Record<string, unknown>>)[field])] as const,
  );
  return new CsvSheet<object>(Object.fromEntries(cells));
}

function cellOf(value: unknown): string | null {
  if (value instanceof Date) return value.toISOString();
  return value === null || value === undefined ? null : String(value);
}

/** The files of messages, by the name of the list. */
export const messageSheets = {
  events: sheetOf({
    ...{ 'received at (UTC)': 'firstReceivedAt', event: 'eventId', type: 'type', state: 'state', reason: 'reason' },
    deliveries: 'deliveries',
  }),
  'canonical-events': sheetOf({
    ...{ 'translated at (UTC)': 'translatedAt', 'canonical event': 'canonicalId', type: 'type', event: 'eventId' },
    'ignored because': 'ignoredReason',
  }),
  postings: sheetOf({
    ...{ 'requested at (UTC)': 'requestedAt', 'posting key': 'postingKey', target: 'target', kind: 'kind', result: 'result' },
    ...{ event: 'eventId', request: 'requestId' },
  }),
  outcomes: sheetOf({
    ...{ 'concluded at (UTC)': 'concludedAt', outcome: 'outcomeId', 'posting key': 'postingKey', target: 'target', kind: 'kind' },
    ...{ result: 'result', code: 'code', attempts: 'attempts', event: 'eventId' },
  }),
} as const;
