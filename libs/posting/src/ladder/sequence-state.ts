/**
 * The message that blocks its sequence.
 * - `rung`: on a delay topic until its next attempt is due
 * - `dead`: a dead letter
 * - `held`: a dead letter, too, but an operator has to look into the target before it may be retried
 */
export interface Head {
  /** Offset in its original partition; identifies the message as long as it blocks. */
  readonly offset: bigint;
  readonly place: 'rung' | 'dead' | 'held';
  /** Attempts made so far. A retry record with another count is obsolete, or its failure was never stored. */
  readonly attempts: number;
  /** Times the message has been on a delay topic. */
  readonly delayedRetries: number;
  /** Milliseconds; 0 while it is replayed and has not failed since. */
  readonly firstFailureAt: number;
  /** Milliseconds; 0 unless it is on a delay topic. */
  readonly dueAt: number;
  readonly code: string;
  /** The replay order in progress, undefined once it has a result. */
  readonly order: ReplayOrder | undefined;
}

/** An operator's decision about a dead letter. Handlers get `skip` and `resolve`, too, because both change the posting ledger. */
export type OrderAction = 'replay' | 'skip' | 'resolve';
/** Result of a replay order. */
export type OrderResult = 'replayed' | 'skipped' | 'resolved' | 'dead-again' | 'not-applicable';

/** An operator's order about one dead letter. */
export interface ReplayOrder {
  readonly id: string;
  readonly action: OrderAction;
}

/**
 * The state of one sequence of one partition: empty (no head, nothing parked), or blocked by its head. Parked messages are named by their
 * offsets, oldest first; their bytes are in the parking lot.
 */
export interface SequenceState {
  readonly head: Head | undefined;
  readonly parked: readonly bigint[];
  /** Whether the oldest parked message is being processed. */
  readonly releasing: boolean;
}

/** A sequence in which nothing has failed. */
export const emptySequence: SequenceState = { head: undefined, parked: [], releasing: false };

/** Whether the sequence has neither a head nor parked messages, and needs no state. */
export function isEmptySequence(state: SequenceState): boolean {
  return state.head === undefined && state.parked.length === 0;
}

/** An event in one sequence. */
export type SequenceInput =
  /** A message was read from the topic itself. */
  | { readonly kind: 'arrived'; readonly offset: bigint }
  /** A retry record was read from a delay topic, and it is due. */
  | { readonly kind: 'returned'; readonly offset: bigint; readonly attempts: number }
  /** An operator ordered something about a dead letter. `earlier`: the result that this order already has. */
  | {
      readonly kind: 'ordered';
      readonly offset: bigint;
      readonly order: ReplayOrder;
      readonly earlier?: OrderResult | undefined;
    }
  | { readonly kind: 'succeeded'; readonly offset: bigint }
  /** The handler failed and quick retries are used up. A `pause` is not a failure of the message and never comes here. */
  | {
      readonly kind: 'failed';
      readonly offset: bigint;
      readonly disposition: 'retry' | 'reject' | 'hold';
      readonly attempts: number;
      readonly firstFailureAt: number;
      readonly code: string;
      /** Delay that the target asked for, ms. */
      readonly retryAfterMs?: number | undefined;
      /** Age at which the message is held instead of retried, ms. */
      readonly holdAfterMs?: number | undefined;
    }
  /** Processing of the parked message stopped for a reason that is not its own (pause, shutdown). */
  | { readonly kind: 'interrupted' }
  /** The owner of the partition asks whether a parked message may be released. */
  | { readonly kind: 'release' };

/**
 * An action that follows a step; actions are carried out in order. Retry records and dead letters are written before the state is stored,
 * and the state before the offset of the message is finished: a crash in between repeats a step and loses nothing (I1, I7).
 */
export type SequenceEffect =
  | { readonly kind: 'work'; readonly offset: bigint; readonly from: 'read' | 'parked'; readonly attempt: number }
  | {
      readonly kind: 'retry-later';
      readonly offset: bigint;
      readonly rung: string;
      readonly dueAt: number;
      readonly attempts: number;
    }
  | {
      readonly kind: 'dead-letter';
      readonly offset: bigint;
      readonly place: 'dead' | 'held';
      readonly why: string;
      readonly attempts: number;
    }
  | { readonly kind: 'park'; readonly offset: bigint; readonly behind: Head | undefined }
  | { readonly kind: 'unpark'; readonly offset: bigint }
  /** Store the new head; undefined when nothing blocks the sequence any longer. */
  | { readonly kind: 'store'; readonly head: Head | undefined }
  | { readonly kind: 'answer'; readonly order: string; readonly result: OrderResult }
  /** Parked messages may be processed: send the input `release`. */
  | { readonly kind: 'release' };

/** Result of one step: the next state, and what to do. */
export interface SequenceStep {
  readonly state: SequenceState;
  readonly effects: readonly SequenceEffect[];
}
