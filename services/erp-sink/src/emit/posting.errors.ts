import { PipelineError } from '@tributary/domain';

/**
 * The target refuses the document as it is. `context` holds the target's own code and field; where there is one, the code of this error
 * is made of it (`erp.<code of the connector>`), so that dead letters group by cause.
 */
export class PostingRejectedError extends PipelineError {
  readonly code: string = 'posting.rejected';
  readonly disposition = 'reject';

  constructor(message: string, context: Readonly<Record<string, string>>, targetCode?: string) {
    super(message, context);
    if (targetCode !== undefined) this.code = rejectionCode(targetCode);
  }
}

/** The stable dotted code of what a target refuses. Codes that are our own (`posting.reference-missing`) stay as they are. */
export function rejectionCode(targetCode: string): string {
  const dotted = targetCode
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  if (dotted === '') return 'posting.rejected';
  return dotted.startsWith('posting.') || dotted.startsWith('erp.') ? dotted : `erp.${dotted}`;
}

/** The target cannot take this document yet: it throttles, or the record is locked. */
export class PostingDeferredError extends PipelineError {
  readonly code = 'posting.deferred';
  readonly disposition = 'retry';

  /** @param retryAfterMs how long the target said to wait, ms. */
  constructor(
    message: string,
    context: Readonly<Record<string, string>>,
    override readonly retryAfterMs?: number,
  ) {
    super(message, context);
  }
}

/** The target is unavailable, for every document. The partition waits. */
export class TargetUnavailableError extends PipelineError {
  readonly code = 'target.unavailable';
  readonly disposition = 'pause';
}

/** Somebody paused the target. The partition waits until it is resumed. */
export class TargetPausedError extends PipelineError {
  readonly code = 'target.paused';
  readonly disposition = 'pause';
}

/** Another worker holds the lease of the posting, or took it over. The redelivery finds the outcome. */
export class PostingTakenError extends PipelineError {
  readonly code = 'posting.taken';
  readonly disposition = 'pause';
}

/** The process stops before the posting ended. The ledger has every step that was taken. */
export class PostingAbandonedError extends PipelineError {
  readonly code = 'posting.abandoned';
  readonly disposition = 'pause';
}

/** A request for another target, or one that this sink cannot post. */
export class PostingMisroutedError extends PipelineError {
  readonly code = 'posting.misrouted';
  readonly disposition = 'reject';
}

/** Only an operator (or a later lookup) can decide. The ledger holds the posting, and its sequence waits. */
export class PostingHeldError extends PipelineError {
  readonly disposition = 'hold';

  /** @param code why, e.g. `posting.outcome-unknown`. */
  constructor(
    message: string,
    readonly code: string,
    postingKey: string,
  ) {
    super(message, { postingKey });
  }
}
