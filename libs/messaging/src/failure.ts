import { headers as names } from '@tributary/contracts';
import { errorCodeOf, holdAfterMsOf, PipelineError, retryAfterMsOf } from '@tributary/domain';
import { lastHeaders } from './envelope.js';
import type { IncomingMessage } from './envelope.js';
import { boundedText, storableText } from './header-text.js';

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

/** Limits of a dead letter's own headers, UTF-16 units. */
const maxErrorCodeLength = 200;
const maxErrorTextLength = 1_000;
const maxContextLength = 1_000;
const maxContextValueLength = 500;

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

/** Headers of a dead letter: the original ones, byte for byte, and ours. The value and the key stay as they are. */
export function deadLetterHeaders(message: IncomingMessage, group: string, failure: Failure): Record<string, string | Buffer> {
  return {
    ...lastHeaders(message.headers),
    [names.errorCode]: errorCodeText(failure.code),
    [names.errorText]: boundedText(failure.text, maxErrorTextLength),
    [names.errorContext]: contextText(failure.context),
    [names.originalTopic]: message.topic,
    [names.originalPartition]: String(message.partition),
    [names.originalOffset]: message.offset.toString(),
    [names.consumerGroup]: group,
    [names.attempts]: String(failure.attempts),
    ...(failure.disposition === 'hold' ? { [names.disposition]: 'hold' } : {}),
    [names.firstFailureAt]: new Date(failure.firstAt).toISOString(),
    [names.lastFailureAt]: new Date(failure.lastAt).toISOString(),
  };
}

/** The context of a failure as JSON that stays JSON: values are cut one by one, and entries that do not fit are left out and counted. */
function contextText(context: Failure['context']): string {
  const entries = Object.entries(context).map(([name, value]) => [storableText(name), boundedText(String(value), maxContextValueLength)]);
  for (let kept = entries.length; ; kept -= 1) {
    const omitted = entries.length - kept;
    const text = JSON.stringify(Object.fromEntries([...entries.slice(0, kept), ...(omitted > 0 ? [['omitted', String(omitted)]] : [])]));
    if (kept === 0 || text.length <= maxContextLength) return text;
  }
}
