import { PipelineError } from '@tributary/domain';

/** A message without a seal: no service of this installation made it. It is dead-lettered, and nothing follows from it. */
export class SealMissingError extends PipelineError {
  readonly code = 'fact.seal-missing';
  readonly disposition = 'reject';
}

/** A message whose seal is not of the service that makes such messages, or does not belong to what it says. It is dead-lettered. */
export class SealWrongError extends PipelineError {
  readonly code = 'fact.seal-wrong';
  readonly disposition = 'reject';
}

const codes: ReadonlySet<string> = new Set(['fact.seal-missing', 'fact.seal-wrong']);

/** Whether an error code says that a seal is missing or wrong. */
export function isSealCode(code: string): boolean {
  return codes.has(code);
}
