export { checkCanonicalDocument, maxDocumentBytes, maxJournalLines, maxSalesLines, totalsOf } from './check.js';
export { documentsJsonSchema } from './json-schema.js';
export { documentSchemas } from './schemas.js';
export { documentKinds } from './types.js';
export type {
  ApplicationDocument,
  CanonicalDocuments,
  CustomerDocument,
  DocumentKind,
  DocumentRef,
  DocumentSource,
  ItemDocument,
  JournalDocument,
  JournalLine,
  PaymentDocument,
  SalesDocument,
  SalesLine,
  SalesTotals,
} from './types.js';
