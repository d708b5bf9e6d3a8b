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
 * The ERP holds several documents with one posting key (I3 is broken there, by an earlier system or by hand). Which one
 * stands is a person's decision: the posting is held.
 */
export class ErpDuplicateDocumentError extends PipelineError {
  readonly code = 'erp.duplicate-document';
  readonly disposition = 'reject';
}
