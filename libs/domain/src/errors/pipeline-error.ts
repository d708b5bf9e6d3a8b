/** What happens to the message next. The thrower chooses; only libs/messaging acts on it. */
export type Disposition =
  | 'retry' // this message may succeed later: next rung of the retry ladder
  | 'pause' // the target is down, so every message would fail: hold the partition, keep the order
  | 'reject' // this message can never succeed as it is: dead letter topic
  | 'hold'; // nothing is wrong with the message, but only a person can say how it ended: dead letter topic, marked as held

/**
 * A failure that says what happens next. Subclasses fix `code` (stable, dotted, listed in docs/error-codes.md;
 * dashboards and runbooks key on it) and `disposition`.
 */
export abstract class PipelineError extends Error {
  abstract readonly code: string;
  abstract readonly disposition: Disposition;

  /** With `retry`: how long the other side said to wait, ms. */
  readonly retryAfterMs?: number | undefined;

  /** With `retry`: age of its first failure, ms, at which the message is held for a person instead of being tried again. */
  readonly holdAfterMs?: number | undefined;

  /**
   * @param message what we were doing and what stood in the way, not "failed to".
   * @param context identifiers only: it is logged and copied into DLQ headers, so no secrets and no card data (I8).
   */
  constructor(
    message: string,
    readonly context: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The disposition of anything thrown. A plain error (a TypeError, say) is our bug: rejected, never retried. */
export function dispositionOf(error: unknown): Disposition {
  return error instanceof PipelineError ? error.disposition : 'reject';
}

/** How long the other side said to wait before the next attempt, ms. */
export function retryAfterMsOf(error: unknown): number | undefined {
  return error instanceof PipelineError && error.disposition === 'retry' ? error.retryAfterMs : undefined;
}

/** Age of its first failure at which a message that would be retried is held instead, ms. */
export function holdAfterMsOf(error: unknown): number | undefined {
  return error instanceof PipelineError && error.disposition === 'retry' ? error.holdAfterMs : undefined;
}

/** The stable code of anything thrown; `internal.<ErrorName>` for errors that are not ours. */
export function errorCodeOf(error: unknown): string {
  if (error instanceof PipelineError) return error.code;
  return error instanceof Error ? `internal.${error.name}` : 'internal.unknown';
}
