import { readCount, readList, readRecord, readText } from '../../recon/read-value.js';

/** One field of a decoded message. */
export interface RecordField {
  readonly path: string;
  readonly value: string | null;
  readonly masked: boolean;
  /** What a number means: minor units, milliseconds. */
  readonly meaning: string | null;
  readonly doc: string | null;
}

/** The record of a message, as `GET /messages/:id/record` tells it. */
export interface MessageRecord {
  readonly source: string;
  readonly problem: string | null;
  readonly topic: string;
  readonly partition: number | null;
  readonly offset: string | null;
  readonly writtenAt: string | null;
  readonly schema: string | null;
  readonly fields: readonly RecordField[];
  readonly cut: boolean;
  readonly body: string | null;
  readonly masked: boolean;
}

/** The record of a message, whatever recon sent. Never throws. */
export function readMessageRecord(value: unknown): MessageRecord {
  const record = readRecord(value);
  const { record: name, version } = readRecord(record.schema);
  const schema = readText(name);
  return {
    source: readText(record.source) ?? 'none',
    problem: readText(readRecord(record.problem).text),
    topic: readText(record.topic) ?? '',
    partition: readCount(record.partition),
    offset: readText(record.offset),
    writtenAt: readText(record.writtenAt),
    schema: schema === null ? null : readText(version) === null ? schema : `${schema} version ${readText(version) ?? ''}`,
    fields: readList(record.fields, (field) => {
      const { path, value: text, masked, meaning, doc } = readRecord(field);
      return { path: readText(path) ?? '', value: readText(text), masked: masked === true, meaning: readText(meaning), doc: readText(doc) };
    }),
    cut: record.cut === true,
    body: readText(record.body),
    masked: record.masked === true,
  };
}
