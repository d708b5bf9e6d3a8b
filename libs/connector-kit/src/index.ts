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
