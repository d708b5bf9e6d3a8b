import { PipelineError } from '@tributary/domain';

/** The target refuses the document as it is. `context` holds the target's own code and field. */
export class PostingRejectedError extends PipelineError {
  readonly code = 'posting.rejected';
  readonly disposition = 'reject';
}

/** The target takes this document later: it throttles, or somebody else has the record. */
export class PostingDeferredError extends PipelineError {
  readonly code = 'posting.deferred';
  readonly disposition = 'retry';
}

/** The target takes nothing at all now. */
export class TargetUnavailableError extends PipelineError {
  readonly code = 'target.unavailable';
  readonly disposition = 'pause';
}

/** Another worker holds the posting, or took it over. Whoever comes next finds what became of it. */
export class PostingTakenError extends PipelineError {
  readonly code = 'posting.taken';
  readonly disposition = 'pause';
}

/** The process stops before the end of a posting. The ledger knows how far it came. */
export class PostingAbandonedError extends PipelineError {
  readonly code = 'posting.abandoned';
  readonly disposition = 'pause';
}

/** A request for another target, or one that nobody here can do. */
export class PostingMisroutedError extends PipelineError {
  readonly code = 'posting.misrouted';
  readonly disposition = 'reject';
}
