import type { Head, OrderResult } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';

/** One partition of a topic, as one consumer group works on it. */
export interface LadderPartition {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** The stored state of one sequence: its blocking head, if any, and its parked messages. */
export interface StoredSequence {
  readonly sequence: string;
  readonly head: Head | undefined;
  /** Offsets of the parked messages, oldest first. */
  readonly parked: readonly bigint[];
}

/** A partition that was taken over. The fence token makes writes of former owners fail. */
export interface LadderClaim extends LadderPartition {
  readonly fence: bigint;
}

/** One change of a sequence's stored state: its head, a parked message, or the result of an order. */
export type SequenceChange =
  | { readonly kind: 'head'; readonly head: Head | undefined }
  | { readonly kind: 'park'; readonly message: IncomingMessage }
  | { readonly kind: 'unpark'; readonly offset: bigint }
  | { readonly kind: 'answer'; readonly order: string; readonly result: OrderResult };

/**
 * Stores blocked sequences and the messages that are parked behind them, so that they survive restart, rebalance and kill (I7). One member
 * owns a partition at a time; the fence token makes late writes of former owners fail.
 * Methods throw a PipelineError with disposition `pause` when the store is unavailable.
 */
export interface ParkingLot {
  /** Takes over a partition and reads its blocked sequences. */
  claim(partition: LadderPartition): Promise<{ readonly claim: LadderClaim; readonly sequences: readonly StoredSequence[] }>;
  /** Stores changes of one sequence, all or none. @throws {PartitionFencedError} when another member has taken over the partition. */
  store(claim: LadderClaim, sequence: string, changes: readonly SequenceChange[]): Promise<void>;
  /** A parked message, with its original topic, partition and offset. */
  read(partition: LadderPartition, offset: bigint): Promise<IncomingMessage | undefined>;
  /** The result of an operator's order, if it has one. */
  answered(order: string): Promise<OrderResult | undefined>;
}
