/**
 * A message that holds its sequence up.
 * - `rung`: it lies on a delay topic until it is due. `dead`: in the dead letters. `held`: there, too, until a person has looked
 *   into the target
 */
export interface Head {
  /** Its offset in the partition it came from: its name for as long as it is stuck. */
  readonly offset: bigint;
  readonly place: 'rung' | 'dead' | 'held';
  /** Attempts made. A copy on a delay topic that says otherwise is of an earlier failure, or of one that was never recorded. */
  readonly attempts: number;
  /** Rungs it has been on. */
  readonly climbs: number;
  /** 0 when it was given back and has not failed since. */
  readonly firstFailureAt: number;
  /** 0 unless it lies on a rung. */
  readonly dueAt: number;
  readonly code: string;
  /** The order it was given back with, as long as that order is not answered. */
  readonly order: GivenOrder | undefined;
}

/** What a person wants done with a dead letter. `skip` and `resolve` are told to the handler, too: they have a consequence in the ledger. */
export type OrderAction = 'replay' | 'skip' | 'resolve';
export type OrderResult = 'replayed' | 'skipped' | 'resolved' | 'dead-again' | 'not-applicable';

export interface GivenOrder {
  readonly id: string;
  readonly action: OrderAction;
}

/**
 * One sequence of one partition: free (nobody is stuck, nothing waits), or stuck behind its head. Parked messages are named by their
 * offsets, oldest first; their bytes lie in the parking lot.
 */
export interface Lane {
  readonly head: Head | undefined;
  readonly parked: readonly bigint[];
  /** The oldest parked message is in work. */
  readonly releasing: boolean;
}

export const freeLane: Lane = { head: undefined, parked: [], releasing: false };

export function isFree(lane: Lane): boolean {
  return lane.head === undefined && lane.parked.length === 0;
}

export type LaneInput =
  /** A message was read from the topic itself. */
  | { readonly kind: 'arrived'; readonly offset: bigint }
  /** A copy was read from a delay topic, and it is due. */
  | { readonly kind: 'returned'; readonly offset: bigint; readonly attempts: number }
  /** A person gives a dead letter back. `earlier`: how this order was answered before. */
  | {
      readonly kind: 'ordered';
      readonly offset: bigint;
      readonly order: GivenOrder;
      readonly earlier?: OrderResult | undefined;
    }
  | { readonly kind: 'succeeded'; readonly offset: bigint }
  /** It failed and is to be put somewhere. A `pause` is no failure of the message and never comes here. */
  | {
      readonly kind: 'failed';
      readonly offset: bigint;
      readonly disposition: 'retry' | 'reject' | 'hold';
      readonly attempts: number;
      readonly firstFailureAt: number;
      readonly code: string;
      /** How long the other side said to wait, ms. */
      readonly retryAfterMs?: number | undefined;
      /** Age at which it is held instead of tried again, ms. */
      readonly holdAfterMs?: number | undefined;
    }
  /** The parked message in work could not be finished for a reason that is not its own (pause, stop). */
  | { readonly kind: 'interrupted' }
  /** Whoever has the partition asks whether parked messages can go on. */
  | { readonly kind: 'release' };

/**
 * What is to be done, in this order. Copies and dead letters are written before the lane is stored, and the lane before the offset of
 * what was read is finished: a crash in between repeats and never forgets (I1, I7).
 */
export type LaneEffect =
  | { readonly kind: 'work'; readonly offset: bigint; readonly from: 'read' | 'parked'; readonly attempt: number }
  | { readonly kind: 'climb'; readonly offset: bigint; readonly rung: string; readonly dueAt: number; readonly attempts: number }
  | { readonly kind: 'bury'; readonly offset: bigint; readonly place: 'dead' | 'held'; readonly why: string; readonly attempts: number }
  | { readonly kind: 'park'; readonly offset: bigint; readonly behind: Head | undefined }
  | { readonly kind: 'unpark'; readonly offset: bigint }
  /** The head changed (undefined: nobody is stuck any more). */
  | { readonly kind: 'store'; readonly head: Head | undefined }
  | { readonly kind: 'answer'; readonly order: string; readonly result: OrderResult }
  /** Parked messages can go on: send `release`. */
  | { readonly kind: 'release' };

export interface LaneStep {
  readonly lane: Lane;
  readonly effects: readonly LaneEffect[];
}
