import { documentKinds, documentSchemas, schemaOf } from '@tributary/contracts';
import type { DocumentKind } from '@tributary/contracts';
import { recordTypeOf } from './language.js';
import type { RecordType } from './language.js';

/** Canonical document kind -> its record, in the form that expressions use. */
export const documentRecords: ReadonlyMap<string, RecordType> = new Map(
  documentKinds.map((kind) => [kind, recordTypeOf(documentSchemas[kind])]),
);

/** Whether a text is a kind of canonical document. */
export const isDocumentKind = (kind: string): kind is DocumentKind => documentRecords.has(kind);

/**
 * Records inside facts that functions take as arguments. All environments know them, also those of flows whose facts do not contain them.
 */
export const partRecords: readonly RecordType[] = ['tributary.common.Settlement', 'tributary.treasury.PayoutGroup'].map((name) =>
  recordTypeOf(schemaOf(name)),
);
