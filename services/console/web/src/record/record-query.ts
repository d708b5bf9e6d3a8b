import type { AnswerOf } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { read } from '../shell/http.js';
import { onceOf } from '../shell/query.js';
import { readMessageRecord } from './read-record.js';

/** What asks for the record of a message, once: it never changes, and each reading is in the audit trail. */
export const recordQuery = (id: string) => ({
  ...onceOf('/api/messages/{id}/record', { id }),
  // Without the signal: the frame may draw the page anew while it is asked, and a cancelled request would be made again.
  queryFn: (): Promise<Sent<AnswerOf<'/api/messages/{id}/record'>>> => read('/api/messages/{id}/record', { id }),
  select: readMessageRecord,
});
