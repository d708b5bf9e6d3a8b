import type { CircuitBreaker } from './circuit-breaker.js';
import type { Clock } from './clock.js';
import type { IncomingMessage } from './envelope.js';
import type { Failure } from './failure.js';
import type { RetryPolicy } from './retry-policy.js';

/** The surroundings of a partition worker: its limits, its target's circuit breaker, and what it calls. */
export interface PartitionWorkerOptions {
  readonly concurrency: number;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** Called before a handler: false holds messages back until {@link PartitionWorker.wake}. Default: always. */
  readonly mayStart?: (() => boolean) | undefined;
  /** Shared by all partitions with the same target. */
  readonly breaker: CircuitBreaker;
  process(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void>;
  /** Called when a message is not retried here: writes it to a delay topic or the dead letter topic; resolves when that is durable. */
  deadLetter(message: IncomingMessage, failure: Failure): Promise<void>;
  /** The partition should be paused or resumed. */
  onPause(paused: boolean, error?: unknown): void;
  /** Called after every message that is finished here. @param failure why it was given up, if it was. */
  onFinished(message: IncomingMessage, failure: Failure | undefined): void;
  onRetry?(message: IncomingMessage, error: unknown, inMs: number): void;
}
