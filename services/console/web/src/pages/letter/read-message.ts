import { readCount, readList, readNamedTexts, readRecord, readText } from '../../recon/read-value.js';
import type { NamedText } from '../../recon/shapes.js';

/** What a field of a schema means. */
export interface SchemaField {
  readonly path: string;
  readonly type: string;
  readonly doc: string | null;
}

/** What a message holds. */
export interface Message {
  readonly key: string;
  readonly headers: readonly NamedText[];
  readonly schema: {
    readonly id: string;
    readonly name: string;
    readonly version: number | null;
    readonly isCurrent: boolean;
    readonly doc: string | null;
    readonly fields: readonly SchemaField[];
  } | null;
  /** As recon sent it: whatever a sender wrote. */
  readonly value: unknown;
  readonly problem: string | null;
  readonly length: number | null;
}

/** A field that does not fit, or a change that is about money: a place with texts. */
export interface FieldProblem {
  readonly path: string;
  readonly text: string;
}

/** One change about money. */
export interface MoneyChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What recon says to an edit. */
export type Checked =
  | { readonly ok: true; readonly changes: number; readonly money: readonly MoneyChange[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Reads `GET /dead-letters/:id/message`, whatever it is. Never throws. */
export function readMessage(answer: unknown): Message {
  const { key, headers, schema, value = null, problem, length } = readRecord(answer);
  return {
    key: readText(key) ?? '',
    headers: readNamedTexts(headers),
    schema: typeof schema === 'object' && schema !== null ? readSchema(schema) : null,
    value,
    problem: readText(problem),
    length: readCount(length),
  };
}

function readSchema(value: object): Message['schema'] {
  const { id, name, version, isCurrent, doc, fields } = readRecord(value);
  return {
    ...{
      id: readText(id) ?? '',
      name: readText(name) ?? '',
      version: readCount(version),
      isCurrent: isCurrent === true,
      doc: readText(doc),
    },
    fields: readList(fields, (field) => {
      const { path, type, doc: meaning } = readRecord(field);
      return { path: readText(path) ?? '', type: readText(type) ?? '', doc: readText(meaning) };
    }),
  };
}

/** Reads the answer of `POST /dead-letters/:id/check-edit`, whatever it is. */
export function readChecked(answer: unknown): Checked {
  const { ok, differences, money, problems } = readRecord(answer);
  if (ok === true)
    return {
      ok,
      changes: readList(differences, () => null).length,
      money: readList(money, (change) => {
        const { path, before, after } = readRecord(change);
        return { path: readText(path) ?? '', before: readText(before) ?? '', after: readText(after) ?? '' };
      }),
    };
  const found = readList(problems, (problem) => {
    const { path, expected, found: got } = readRecord(problem);
    return { path: readText(path) ?? '', text: `expected ${readText(expected) ?? 'something else'}, found ${readText(got) ?? 'this'}` };
  });
  return { ok: false, problems: found.length > 0 ? found : [{ path: '', text: 'recon did not say what is wrong with it' }] };
}
