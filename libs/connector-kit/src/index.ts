export type {
  BatchState,
  ErpBatch,
  ErpCall,
  ErpClearing,
  ErpConnector,
  ErpDocument,
  ErpDocumentState,
  ErpListedDocument,
  ErpPage,
  ErpReference,
  PostingOutcome,
} from './erp-connector.js';
export { ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from './errors.js';
export type { RequestPermit, TargetKind, TargetOptions } from './target-kind.js';
