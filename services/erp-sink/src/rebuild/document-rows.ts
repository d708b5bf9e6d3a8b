import type { ErpListedDocument, ErpReference } from '@tributary/connector-kit';
import type { PayloadCipher } from '@tributary/persistence';
import { sealedRows, stagedPayloads } from './staged-payloads.js';

/** Documents that the target showed, as rows of the staging table: table, columns and rows for insertRows. */
export function documentRows(
  cipher: PayloadCipher,
  target: string,
  kind: string,
  documents: readonly ErpListedDocument[],
): [string, string, object[]] {
  const rows = documents.flatMap((document) =>
    document.marks.map((mark) => ({
      target,
      kind,
      mark,
      name: nameOf(document.reference),
      planted_key: document.plantedKey ?? null,
      document,
    })),
  );
  return [
    'erp_sink_rebuild.document',
    'target text, kind text, mark text, name text, planted_key text, document jsonb',
    sealedRows(cipher, stagedPayloads.document, rows),
  ];
}

function nameOf(reference: ErpReference): string {
  return JSON.stringify(Object.entries(reference).sort(([a], [b]) => (a < b ? -1 : 1)));
}
