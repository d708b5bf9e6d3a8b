import type { IncomingMessage } from './envelope.js';
import type { Failure } from './failure.js';

/** The promise of the caller that injected a message. */
export interface Injection {
  resolve(): void;
  reject(error: unknown): void;
}

/** A message in a partition worker's queue, and how its attempts went. */
export interface QueuedMessage {
  readonly message: IncomingMessage;
  /** Set for messages that were not read from this partition: settled when the message is finished. */
  readonly injected: Injection | undefined;
  /** It has waited on a delay topic: no quick retries. */
  readonly skipQuickRetries: boolean;
  failures: number;
  /** Milliseconds; 0 as long as no attempt has failed. */
  firstFailureAt: number;
  /** Set once the message is given up: only writing it to a delay or dead letter topic is retried. */
  terminalFailure: Failure | undefined;
}

/** A message that has not been attempted yet. */
export function queuedMessage(message: IncomingMessage, injected?: Injection, skipQuickRetries = false): QueuedMessage {
  return { message, injected, skipQuickRetries, failures: 0, firstFailureAt: 0, terminalFailure: undefined };
}
