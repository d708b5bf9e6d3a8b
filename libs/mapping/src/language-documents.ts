import { documentKinds, documentSchemas, schemaOf } from '@tributary/contracts';
import type { DocumentKind } from '@tributary/contracts';
import { recordTypeOf } from './language.js';
import type { RecordType } from './language.js';

/** Canonical document kind -> its record, as expressions see it. */
export const documentRecords: ReadonlyMap<string, RecordType> = new Map(
  documentKinds.map((kind) => [kind, recordTypeOf(documentSchemas[kind])]),
);

/** Whether a text is a kind of canonical document. */
export const isDocumentKind = (kind: string): kind is DocumentKind => documentRecords.has(kind);

/** Parts of facts that functions take, so that they are known in expressions of flows whose facts have none. */
export const partRecords: readonly RecordType[] = ['tributary.common.Settlement', 'tributary.treasury.PayoutGroup'].map((name) =>
  recordTypeOf(schemaOf(name)),
);
