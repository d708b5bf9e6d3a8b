import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readerOf, readFlag, readList, readRecord, readText, readWord } from '../recon/read-value.js';

/** The record of a message. */
export type MessageRecord = ReturnType<typeof readMessageRecord>;
/** A field of a decoded message. `meaning`: what a number means: minor units, milliseconds. */
export type RecordField = MessageRecord['fields'][number];

const readField = readerOf<ReconShapes['MessageFieldView']>()({
  path: readWord,
  type: readWord,
  meaning: readText,
  doc: readText,
  value: readText,
  masked: readFlag,
});

function readSchema(value: Sent<ReconShapes['MessageSchemaView'] | null>) {
  const { id, record, subject, version, compatibility, current } = readRecord(value);
  const name = readText(record);
  if (name === null) return null;
  const place = readText(subject) === null ? null : `${readWord(subject)}, version ${readText(version) ?? '?'}`;
  return { record: name, id: readText(id), rule: readText(compatibility), current: readFlag(current), place };
}

function readProblem(value: Sent<ReconShapes['MessageRecordView']['problem']>) {
  const { code, text } = readRecord(value);
  return readText(text) === null ? null : { code: readWord(code), text: readWord(text) };
}

const readHeader = readerOf<ReconShapes['MessageRecordView']['headers'][number]>()({ name: readWord, value: readWord });

const readRecordFields = readerOf<ReconShapes['MessageRecordView']>()({
  source: (value) => readText(value) ?? 'none',
  problem: readProblem,
  headers: (value) => readList(value, readHeader),
  schema: readSchema,
  fields: (value) => readList(value, readField),
  cut: readFlag,
  body: readText,
  masked: readFlag,
});

/** The record of a message, with what is known of its place. */
export function readMessageRecord(value: Sent<ReconShapes['MessageRecordView']>) {
  const { topic, partition, offset, key, writtenAt, bytes } = readRecord(value);
  const known = [
    ['Topic', readText(topic)],
    ['Partition', readText(partition)],
    ['Offset', readText(offset)],
    ['Key', readText(key)],
    ['Written (UTC)', readText(writtenAt)],
    ['Bytes', readText(bytes)],
  ] as const;
  return {
    ...readRecordFields(value),
    facts: known.flatMap(([name, fact]) => (fact === null ? [] : [{ name: String(name), value: fact }])),
  };
}
