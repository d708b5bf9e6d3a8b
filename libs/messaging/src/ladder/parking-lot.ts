import type { Head, OrderResult } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';

/** One partition of a topic, as one consumer group works on it. */
export interface LadderPartition {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** What is stored of one sequence: stuck, or with messages that wait. */
export interface StoredLane {
  readonly sequence: string;
  readonly head: Head | undefined;
  /** Offsets of the parked messages, oldest first. */
  readonly parked: readonly bigint[];
}

/** A partition taken over: whoever had it before can store nothing any more. */
export interface LadderClaim extends LadderPartition {
  readonly fence: bigint;
}

export type LaneChange =
  | { readonly kind: 'head'; readonly head: Head | undefined }
  | { readonly kind: 'park'; readonly message: IncomingMessage }
  | { readonly kind: 'unpark'; readonly offset: bigint }
  | { readonly kind: 'answer'; readonly order: string; readonly result: OrderResult };

/**
 * Where stuck sequences and the messages that wait behind them are kept, so that they survive restart, rebalance and kill (I7). One member
 * works on a partition at a time; the fence refuses what an earlier one stores afterwards.
 * Methods throw a PipelineError with disposition `pause` when the store does not answer.
 */
export interface ParkingLot {
  /** Takes a partition over and reads what is stuck in it. */
  claim(partition: LadderPartition): Promise<{ readonly claim: LadderClaim; readonly lanes: readonly StoredLane[] }>;
  /** Stores changes of one sequence, all or none. @throws {PartitionFencedError} when the partition was taken over meanwhile. */
  store(claim: LadderClaim, sequence: string, changes: readonly LaneChange[]): Promise<void>;
  /** A parked message, with its original topic, partition and offset. */
  read(partition: LadderPartition, offset: bigint): Promise<IncomingMessage | undefined>;
  /** How an order was answered, if it was. */
  answered(order: string): Promise<OrderResult | undefined>;
}
