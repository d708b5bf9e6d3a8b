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

/** A posting request as its list has it. */
interface PostingLine {
  readonly requestedAt: string | Date | null;
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly result: string | null;
  readonly eventId: string;
}

/** The file of posting requests. */
export const postingSheet = new CsvSheet<PostingLine>({
  'requested at (UTC)': ({ requestedAt }) => (requestedAt instanceof Date ? requestedAt.toISOString() : requestedAt),
  'posting key': ({ postingKey }) => postingKey,
  target: ({ target }) => target,
  kind: ({ kind }) => kind,
  result: ({ result }) => result,
  event: ({ eventId }) => eventId,
});
