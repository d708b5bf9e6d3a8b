import type { OrderAction } from '@tributary/posting';
import type { CircuitBreaker, RejectGuard } from '@tributary/messaging/core';
import type { SimBroker } from './broker.js';
import type { Message, SimDatabase } from './database.js';
import type { Host, Latch, Process } from './engine.js';
import type { SimSink } from './sink.js';
import type { Tracker } from './tracker.js';
import type { World } from './world.js';

/** Why a message goes to a delay topic or the dead letters. Times are milliseconds. */
export interface Failure {
  readonly disposition: 'retry' | 'reject' | 'hold';
  readonly code: string;
  readonly text: string;
  readonly attempts: number;
  readonly firstAt: number;
  readonly retryAfterMs: number | undefined;
}

/** What the ladder of a partition needs of the partition. */
export interface PartitionPort {
  readonly partition: number;
  /** Opens when the partition was revoked, or the process ends. */
  readonly closed: Latch;
  /** Calls the handler. */
  work(message: Message, order: OrderAction | undefined, abort: Latch): Process;
  /** Queues a message that is not being read from the topic now; ends when it is finished or put away. @throws {Aborted} */
  inject(message: Message, skipQuickRetries: boolean, abort: Latch): Process;
}

/** The surroundings of one owned partition. */
export interface PartitionParts {
  readonly world: World;
  readonly host: Host;
  readonly broker: SimBroker;
  readonly database: SimDatabase;
  readonly tracker: Tracker;
  readonly sink: SimSink;
  readonly breaker: Pick<CircuitBreaker, 'recordSuccess' | 'recordFailure' | 'release' | 'shortestWaitMs'> & {
    tryAcquire(waiter: () => void): boolean;
  };
  readonly guard: RejectGuard;
  /** Too many rejects: the group has to stop. */
  onStop(): void;
  /** Whether the group still accepts this owner's commits. */
  mayCommit(): boolean;
}
