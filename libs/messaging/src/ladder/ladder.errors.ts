import { PipelineError } from '@tributary/domain';
import type { LadderClaim } from './parking-lot.js';

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

/** The error of a former owner that stores a sequence. */
export function partitionFenced({ topic, partition }: LadderClaim, sequence: string): PartitionFencedError {
  return new PartitionFencedError(`storing sequence ${sequence} of ${topic}/${partition}: another member has the partition`, {
    topic,
    sequence,
  });
}
