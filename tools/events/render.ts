import type { MessageLink, MessageRecordView, MessageView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';

/** The lists of messages: their path, the member of the answer that holds the rows, and the fields that are printed. */
export const listColumns = {
  raw: { path: '/events', rows: 'events', columns: ['firstReceivedAt', 'eventId', 'type', 'state', 'reason'] },
  canonical: {
    path: '/canonical-events',
    rows: 'canonicalEvents',
    columns: ['translatedAt', 'canonicalId', 'type', 'eventId', 'ignoredReason'],
  },
  requests: { path: '/postings', rows: 'postings', columns: ['requestedAt', 'requestId', 'postingKey', 'result', 'eventId'] },
  outcomes: { path: '/outcomes', rows: 'outcomes', columns: ['concludedAt', 'outcomeId', 'postingKey', 'result', 'code', 'eventId'] },
} as const;

/** A message with its chain. */
export function messageText(given: MessageView): string {
  const message = allVisible(given);
  const { raw, canonical, requests, outcomes } = message.chain;
  const chain = [...(raw ? [raw] : []), ...canonical, ...requests, ...outcomes];
  const rows = chain.map((link) => [
    link.id === message.id ? '>' : ' ',
    link.kind,
    link.postingKey ?? link.type ?? '',
    link.id,
    link.result ?? '',
    link.at ?? '',
  ]);
  return `${titleOf(message)} in ${message.topic}\n\n${table([' ', 'KIND', 'WHAT', 'ID', 'RESULT', 'AT'], rows)}`;
}

const titleOf = ({ kind, type, id }: MessageLink): string => `${kind} ${type ?? 'message'} ${id}`;

/** The record of a message, field by field. A raw event is its body. */
export function recordText(given: MessageRecordView): string {
  const record = allVisible(given);
  const lines = [
    ...(record.problem ? [record.problem.text] : []),
    ...(record.source === 'translation' ? ['This is what transform makes of the stored webhook now.'] : []),
    ...(record.masked && record.source !== 'none' ? ['Texts about people are masked: reading them takes payloads.read.'] : []),
    ...(record.source === 'topic'
      ? [`${record.topic}, partition ${record.partition}, offset ${record.offset}, key ${record.key}, ${record.bytes} bytes`]
      : []),
    ...record.headers.map(({ name, value }) => `${name}: ${value}`),
  ];
  if (record.schema) lines.push(`${record.schema.record}${record.schema.id === null ? '' : `, schema ${record.schema.id}`}`);
  const fields = record.fields.map((field) => [
    field.path,
    field.masked ? '(masked)' : (field.value ?? ''),
    field.meaning ?? '',
    field.doc ?? '',
  ]);
  if (fields.length > 0) lines.push('', table(['FIELD', 'VALUE', 'MEANING', 'WHAT IT IS'], fields));
  if (given.body !== null) lines.push('', given.body);
  return lines.join('\n');
}
