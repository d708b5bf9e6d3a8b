import { PipelineError } from '@tributary/domain';

/** A stored payload is encrypted with a key that the service does not have. What needs the payload waits until the key is given back. */
export class PayloadKeyMissingError extends PipelineError {
  readonly code = 'payload.key-missing';
  readonly disposition = 'pause';
}

/** A stored payload cannot be decrypted: another key has the name of its key, or it was changed or taken from another row. */
export class PayloadUnreadableError extends PipelineError {
  readonly code = 'payload.unreadable';
  readonly disposition = 'reject';
}

/** Whether an error says that a stored payload cannot be decrypted. */
export function isPayloadProblem(error: unknown): error is PayloadKeyMissingError | PayloadUnreadableError {
  return error instanceof PayloadKeyMissingError || error instanceof PayloadUnreadableError;
}
