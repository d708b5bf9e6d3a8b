import { documentKinds, documentSchemas } from '@tributary/contracts';
import type { DocumentKind } from '@tributary/contracts';
import { recordTypeOf } from './language.js';
import type { RecordType } from './language.js';

/** Canonical document kind -> its record, as expressions see it. */
export const documentRecords: ReadonlyMap<string, RecordType> = new Map(
  documentKinds.map((kind) => [kind, recordTypeOf(documentSchemas[kind])]),
);

/** Whether a text is a kind of canonical document. */
export const isDocumentKind = (kind: string): kind is DocumentKind => documentRecords.has(kind);
