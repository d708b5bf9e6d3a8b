import type {
  CustomerCrossReferenced,
  DocumentCrossReferenced,
  ItemCrossReferenced,
  PostingConcluded,
  PostingRequested,
} from '@tributary/contracts';
import { events, headers } from '@tributary/contracts';
import { derivedEventId, parsePostingKey } from '@tributary/domain';
import type { IncomingMessage } from '@tributary/messaging';
import { isDeadLetterTopic } from '@tributary/messaging';

/** Rows for the staging tables. */
export interface StagedRows {
  readonly request: object[];
  readonly word: object[];
  readonly dead_letter: object[];
  /** By posting key, because only the newest record of a compacted topic counts. */
  readonly cross_reference: Map<string, object>;
}

/** Headers that a replay of a request needs. */
const carried = [
  headers.specVersion,
  headers.id,
  headers.type,
  headers.source,
  headers.time,
  headers.contentType,
  headers.sequence,
  headers.sourceEvent,
];

/** Outcomes of one request whose number is derived from the event id; later ones are ordered by their time. */
const maxWords = 256;

/** Adds the rows of one record of a topic for a target; records of other targets and other types add none. */
export function decodeTarget(
  message: IncomingMessage,
  type: string,
  header: (name: string) => string,
  value: unknown,
  target: string,
  rows: StagedRows,
): void {
  const { topic, partition, offset, key, timestamp } = message;
  const recordKey = key?.toString('utf8') ?? '';
  const id = header(headers.id);
  const place = { target, partition, offset: offset.toString() };
  if (type === events.postingRequested.type) {
    const request = value as PostingRequested;
    if (request.target !== target) return;
    if (isDeadLetterTopic(topic)) rows.dead_letter.push({ target, request_id: id });
    rows.request.push({
      ...place,
      topic,
      request_id: id,
      posting_key: request.postingKey,
      kind: request.kind,
      record_key: recordKey,
      written_at: timestamp,
      headers: Object.fromEntries(carried.map((name) => [name, header(name)]).filter(([, text]) => text !== '')),
      value: request,
    });
    return;
  }
  if (type === events.postingConcluded.type) {
    const event = value as PostingConcluded;
    if (event.target !== target) return;
    rows.word.push({
      ...place,
      request_id: event.requestId,
      posting_key: event.postingKey,
      kind: event.kind,
      record_key: recordKey,
      number: wordNumber(event.requestId, id),
      event: event,
    });
    return;
  }
  const reference = crossReferenceOf(type, value);
  if (reference?.target === target)
    rows.cross_reference.set(reference.postingKey, {
      target,
      posting_key: reference.postingKey,
      kind: parsePostingKey(reference.postingKey).kind,
      reference: reference.reference,
    });
}

const crossReferences = new Set([
  events.customerCrossReferenced.type,
  events.itemCrossReferenced.type,
  events.documentCrossReferenced.type,
] as string[]);

function crossReferenceOf(
  type: string,
  value: unknown,
): CustomerCrossReferenced | ItemCrossReferenced | DocumentCrossReferenced | undefined {
  return crossReferences.has(type) ? (value as CustomerCrossReferenced) : undefined;
}

/** The number of an outcome, from which its event id is derived (publications.ts). -1 for an id that was derived differently. */
function wordNumber(requestId: string, id: string): number {
  for (let number = 0; number < maxWords; number += 1)
    if (derivedEventId(requestId, events.postingConcluded.type, number) === id) return number;
  return -1;
}
