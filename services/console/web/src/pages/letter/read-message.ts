import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import {
  readCount,
  readerOf,
  readFlag,
  readLength,
  readList,
  readMaybe,
  readNamedTexts,
  readRecord,
  readText,
  readWord,
} from '../../recon/read-value.js';

/** What a message holds. Its value is as recon sent it: whatever a sender wrote. */
export type Message = ReturnType<typeof readMessage>;
/** What a field of a schema means. */
export type SchemaField = NonNullable<Message['schema']>['fields'][number];
/** One change about money. */
export type MoneyChange = ReturnType<typeof readChange>;

/** A field that does not fit: a place with a text. */
export interface FieldProblem {
  readonly path: string;
  readonly text: string;
}

/** What recon says to an edit. */
export type Checked =
  | { readonly ok: true; readonly changes: number; readonly money: readonly MoneyChange[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const readField = readerOf<ReconShapes['SchemaFieldView']>()({ path: readWord, type: readWord, doc: readText });

const readSchema = readerOf<ReconShapes['LetterSchemaView']>()({
  id: readWord,
  name: readWord,
  version: readCount,
  isCurrent: readFlag,
  doc: readText,
  fields: (value) => readList(value, readField),
});

/** Reads `GET /dead-letters/:id/message`, whatever it is. */
export const readMessage = readerOf<ReconShapes['LetterMessage']>()({
  key: readWord,
  headers: readNamedTexts,
  schema: (value) => readMaybe(value, readSchema),
  value: (value): unknown => value ?? null,
  problem: readText,
  length: readCount,
});

const readChange = readerOf<ReconShapes['MoneyChangeView']>()({ path: readWord, before: readWord, after: readWord });

/** Reads the answer of `POST /dead-letters/:id/check-edit`, whatever it is. */
export function readChecked(answer: Sent<ReconShapes['CheckedEditView']>): Checked {
  const { ok, differences, money, problems } = readRecord(answer);
  if (readFlag(ok)) return { ok: true, changes: readLength(differences), money: readList(money, readChange) };
  const found = readList(problems, (problem) => {
    const { path, expected, found: got } = readRecord(problem);
    return { path: readWord(path), text: `expected ${readText(expected) ?? 'something else'}, found ${readText(got) ?? 'this'}` };
  });
  return { ok: false, problems: found.length > 0 ? found : [{ path: '', text: 'recon did not say what is wrong with it' }] };
}
