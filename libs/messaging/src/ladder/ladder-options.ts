import type { LadderPolicy } from '@tributary/posting';
import type { Clock } from '../clock.js';
import type { IncomingMessage } from '../envelope.js';
import type { Publisher } from '../message.js';
import type { MessagingMetrics } from '../metrics.js';
import type { LadderPartition, ParkingLot } from './parking-lot.js';

/** The ladder of a consumer group: the store of its blocked sequences, its delays and limits. */
export interface LadderOptions {
  readonly lot: ParkingLot;
  readonly policy: LadderPolicy;
  /** Whether handlers also get messages that an operator skips or resolves (headers `tributary_order_*`). Default: those just finish. */
  readonly tellHandler?: boolean;
}

/** The surroundings of the ladder of one partition. */
export interface PartitionLadderOptions extends LadderOptions, LadderPartition {
  readonly publisher: Publisher;
  readonly metrics: MessagingMetrics;
  readonly clock: Clock;
  /** Calls the handler. */
  work(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void>;
  /**
   * Queues a message that is not being read from the topic now, in order with the others of its key. Resolves when it is done or put away.
   * @param skipQuickRetries whether its first failure puts it away.
   */
  inject(message: IncomingMessage, skipQuickRetries: boolean): Promise<void>;
  log(level: 'error' | 'warn' | 'info', message: string, fields: Readonly<Record<string, string>>): void;
}
