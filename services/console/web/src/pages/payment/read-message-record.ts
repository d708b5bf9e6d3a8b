import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readCount, readerOf, readFlag, readList, readRecord, readText, readWord } from '../../recon/read-value.js';

/** The record of a message, as `GET /messages/:id/record` tells it. */
export type MessageRecord = ReturnType<typeof readMessageRecord>;
/** One field of a decoded message. `meaning`: what a number means: minor units, milliseconds. */
export type RecordField = MessageRecord['fields'][number];

const readField = readerOf<ReconShapes['MessageFieldView']>()({
  path: readWord,
  value: readText,
  masked: readFlag,
  meaning: readText,
  doc: readText,
});

function readSchema(value: Sent<ReconShapes['MessageSchemaView'] | null>): string | null {
  const { record, version } = readRecord(value);
  const [name, number] = [readText(record), readText(version)];
  return name === null || number === null ? name : `${name} version ${number}`;
}

/** The record of a message, whatever recon sent. */
export const readMessageRecord = readerOf<ReconShapes['MessageRecordView']>()({
  source: (value) => readText(value) ?? 'none',
  problem: (value) => readText(readRecord(value).text),
  topic: readWord,
  partition: readCount,
  offset: readText,
  writtenAt: readText,
  schema: readSchema,
  fields: (value) => readList(value, readField),
  cut: readFlag,
  body: readText,
  masked: readFlag,
});
