import { errorCodeOf, holdAfterMsOf, PipelineError, retryAfterMsOf } from '@tributary/domain';
import { boundedText } from './header-text.js';

/** Why a message goes to a delay topic or becomes a dead letter. */
export interface Failure extends FailureHistory {
  readonly disposition: 'retry' | 'reject' | 'hold';
  readonly code: string;
  readonly text: string;
  readonly context: Readonly<Record<string, string>>;
  /** Delay that the target asked for, milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Age of its first failure at which it is held instead of retried, milliseconds. */
  readonly holdAfterMs?: number | undefined;
}

/** The attempts that failed; times in milliseconds. */
export interface FailureHistory {
  readonly attempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Longest error code in a header, UTF-16 units. */
const maxErrorCodeLength = 200;

/** Describes anything thrown as a failure. */
export function failureOf(error: unknown, disposition: Failure['disposition'], history: FailureHistory): Failure {
  return {
    disposition,
    code: errorCodeText(errorCodeOf(error)),
    text: error instanceof Error ? error.message : String(error),
    context: error instanceof PipelineError ? error.context : {},
    ...history,
    retryAfterMs: retryAfterMsOf(error),
    holdAfterMs: holdAfterMsOf(error),
  };
}

/** An error code as text that every store can hold. Ours are short constants; `internal.<name>` comes from the error. */
export function errorCodeText(code: string): string {
  return boundedText(code, maxErrorCodeLength);
}
