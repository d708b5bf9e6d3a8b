import { PipelineError } from '@tributary/domain';

/** Another member has taken over the partition, so its change is refused; the new owner does the work. */
export class PartitionFencedError extends PipelineError {
  readonly code = 'ladder.partition-fenced';
  readonly disposition = 'pause';
}

/** A parked message is missing from the store. Never observed; it cannot be reconstructed. */
export class ParkedMessageMissingError extends PipelineError {
  readonly code = 'ladder.parked-message-missing';
  readonly disposition = 'pause';
}
