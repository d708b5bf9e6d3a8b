import { PipelineError } from '@tributary/domain';

/** Another member has taken the partition over. What this one was about to store is done by that one. */
export class PartitionFencedError extends PipelineError {
  readonly code = 'ladder.partition-fenced';
  readonly disposition = 'pause';
}

/** The parking lot lost a message that it had: never seen, and nothing can be made up in its place. */
export class ParkedMessageMissingError extends PipelineError {
  readonly code = 'ladder.parked-message-missing';
  readonly disposition = 'pause';
}
