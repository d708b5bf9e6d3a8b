import { PipelineError } from '@tributary/domain';

/** No answer to a look-up. Nothing was written by it, so the target's partitions simply wait. */
export class ErpSilentError extends PipelineError {
  readonly code = 'erp.silent';
  readonly disposition = 'pause';
}

/** The ERP refuses our credentials. Every message would fail, so the target's partitions wait for a person. */
export class ErpUnauthorisedError extends PipelineError {
  readonly code = 'erp.unauthorised';
  readonly disposition = 'pause';
}

/**
 * The ERP holds several documents with one posting key (I3 was violated by another system or by hand). A person decides
 * which one is right; until then the posting is held.
 */
export class ErpDuplicateDocumentError extends PipelineError {
  readonly code = 'erp.duplicate-document';
  readonly disposition = 'reject';
}

/** The ERP cannot be asked for documents of this kind. After a lost answer a person looks there; until then the posting is held. */
export class ErpCannotLookUpError extends PipelineError {
  readonly code = 'erp.cannot-look-up';
  readonly disposition = 'reject';
}
