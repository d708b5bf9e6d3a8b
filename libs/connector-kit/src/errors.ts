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
