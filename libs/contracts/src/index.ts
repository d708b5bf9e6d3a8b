export { contentTypeOf, contentTypes } from './content-types.js';
export { events } from './events.js';
export type { EventDefinition, ValueOf } from './events.js';
export { headers } from './headers.js';
export type { HeaderName } from './headers.js';
export { formatMaskedFields, parseMaskedFields } from './masked-fields.js';
export type { MaskedFields } from './masked-fields.js';
export { sealedHeaders, sealersOf, sealingServices } from './fact-seal.js';
export type { SealingService } from './fact-seal.js';
export { headerCatalogue } from './header-catalogue.js';
export type { HeaderDefinition } from './header-catalogue.js';
export { topics } from './topics.js';
export { recordsByTopic, topicCatalogue } from './topic-catalogue.js';
export type { TopicDefinition, TopicKind } from './topic-catalogue.js';
export { consumerGroups, ladderRungs, largestRecordBytes, topicsToMake } from './topic-provision.js';
export type { ConsumerGroup, TopicToMake } from './topic-provision.js';
export { readerGroupPrefix, topicRights, unusedTopics } from './topic-rights.js';
export type { TopicOperation, TopicRight } from './topic-rights.js';
export { ContractError, decodeAvro, encodeAvro, schemaOf } from './avro/codec.js';
export { fullNameOf, isArray, isMap, isRecord, isReference, isUnion, selfContained } from './avro/schema.js';
export type { AvroArray, AvroField, AvroLogical, AvroMap, AvroRecord, AvroSchema, AvroUnion } from './avro/schema.js';
export { avroTypeOf } from './avro/types.js';
export { checkDocument, checkLines, fieldOf, lineShapeOf, maxDocumentLines } from './erp-documents/index.js';
export type { DocumentProblem, ErpDocumentLine, ErpDocumentShape, ErpField, ErpFieldType, ErpFieldValue } from './erp-documents/index.js';
export {
  checkCanonicalDocument,
  documentKinds,
  documentSchemas,
  documentsJsonSchema,
  maxDocumentBytes,
  maxJournalLines,
  maxSalesLines,
  totalsOf,
} from './documents/index.js';
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
} from './documents/index.js';
export type * from './generated/types.js';
export type * from './http-api/index.js';
export { httpApiSchemas } from './http-api-schemas.js';
