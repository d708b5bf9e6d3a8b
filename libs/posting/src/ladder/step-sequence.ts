import { placementOf } from './policy.js';
import type { LadderPolicy, Placement } from './policy.js';
import type { Head, OrderAction, OrderResult, SequenceEffect, SequenceInput, SequenceState, SequenceStep } from './sequence-state.js';

/**
 * Decides what an event means for its sequence (docs/invariants.md I4): while the head blocks, later messages are parked behind it, and
 * they are processed in order once it is finished. Pure; for the order of effects see {@link SequenceEffect}.
 * @param now milliseconds.
 */
export function stepSequence(state: SequenceState, input: SequenceInput, now: number, policy: LadderPolicy): SequenceStep {
  switch (input.kind) {
    case 'arrived':
      return arrived(state, input.offset);
    case 'returned':
      return returned(state, input.offset, input.attempts);
    case 'ordered':
      return ordered(state, input);
    case 'succeeded':
      return succeeded(state, input.offset);
    case 'failed':
      return failed(state, input, now, policy);
    case 'interrupted':
      return { state: { ...state, releasing: false }, effects: [] };
    case 'release':
      return release(state);
  }
}

type Failed = Extract<SequenceInput, { kind: 'failed' }>;

const results: Readonly<Record<OrderAction, OrderResult>> = { replay: 'replayed', skip: 'skipped', resolve: 'resolved' };
const unchanged = (state: SequenceState): SequenceStep => ({ state, effects: [] });
const work = (offset: bigint, attempt: number): SequenceEffect => ({ kind: 'work', offset, from: 'read', attempt });

function arrived(state: SequenceState, offset: bigint): SequenceStep {
  const { head, parked } = state;
  // The message is already stored as head or parked. It was redelivered because its offset was not committed; the stored state counts.
  if (head?.offset === offset || parked.includes(offset)) return unchanged(state);
  // Messages before the head have already been processed; handlers are idempotent, so process it again.
  const isRedelivery = head ? offset < head.offset : parked[0] !== undefined && offset < parked[0];
  if ((!head && parked.length === 0) || isRedelivery) return { state, effects: [work(offset, 1)] };
  const queued = [...parked, offset];
  // Nearly always ascending; after the group's offsets were set back, an older message may follow newer ones.
  if (parked.length > 0 && offset < (parked.at(-1) as bigint)) queued.sort((a, b) => (a < b ? -1 : 1));
  return { state: { ...state, parked: queued }, effects: [{ kind: 'park', offset, behind: head }] };
}

function returned(state: SequenceState, offset: bigint, attempts: number): SequenceStep {
  const { head } = state;
  // The retry record is written before the failure is stored, so a record with a different attempt count is obsolete: ignore it.
  if (!head || head.offset !== offset || head.place !== 'rung' || head.attempts !== attempts) return unchanged(state);
  return { state, effects: [work(offset, attempts + 1)] };
}

function ordered(state: SequenceState, { offset, order, earlier }: Extract<SequenceInput, { kind: 'ordered' }>): SequenceStep {
  const { head } = state;
  const isInProgress = head?.offset === offset && head.order?.id === order.id;
  // A duplicate of an order that already has a result: repeat the result. An order in progress is finished first.
  if (earlier !== undefined && !isInProgress) return { state, effects: [{ kind: 'answer', order: order.id, result: earlier }] };
  // The replayed message failed and waits on a delay topic: the order gets its answer when that retry ends.
  if (head?.place === 'rung' && isInProgress) return unchanged(state);
  // I4: nothing overtakes a blocking head, and no order interferes with a head that is retried automatically.
  if (head && (head.offset !== offset || head.place === 'rung'))
    return { state, effects: [{ kind: 'answer', order: order.id, result: 'not-applicable' }] };
  // Reset the attempts. Even a message that blocked nothing (skipped earlier, or stored elsewhere) blocks its sequence while the order runs.
  const replayed: Head = {
    offset,
    place: head?.place ?? 'dead',
    attempts: 0,
    delayedRetries: 0,
    firstFailureAt: 0,
    dueAt: 0,
    code: head?.code ?? '',
    order,
  };
  return { state: { ...state, head: replayed }, effects: [{ kind: 'store', head: replayed }, work(offset, 1)] };
}

function succeeded(state: SequenceState, offset: bigint): SequenceStep {
  const { head, parked } = state;
  if (head?.offset === offset)
    return unblocked(state, head.order === undefined ? [] : [{ kind: 'answer', order: head.order.id, result: results[head.order.action] }]);
  if (parked[0] === offset) {
    const left = parked.slice(1);
    const effects: SequenceEffect[] = [{ kind: 'unpark', offset }];
    if (left.length > 0) effects.push({ kind: 'release' });
    return { state: { ...state, parked: left, releasing: false }, effects };
  }
  return unchanged(state);
}

/** The head is finished: parked messages may be released. */
function unblocked(state: SequenceState, answers: readonly SequenceEffect[]): SequenceStep {
  const effects: SequenceEffect[] = [...answers, { kind: 'store', head: undefined }];
  if (state.parked.length > 0) effects.push({ kind: 'release' });
  return { state: { ...state, head: undefined }, effects };
}

function failed(state: SequenceState, input: Failed, now: number, policy: LadderPolicy): SequenceStep {
  const { offset, attempts } = input;
  const ownHead = state.head?.offset === offset ? state.head : undefined;
  const blockedFrom = state.head?.offset ?? state.parked[0];
  // I1, I4: a message behind the head failed only because it could not be stored as parked in time. It is parked like the others.
  if (blockedFrom !== undefined && offset > blockedFrom) {
    // The message was being released from the parking lot when an order made an older message the head. It is parked again behind that
    // head.
    const wasReleased = state.releasing && state.parked[0] === offset;
    return arrived(wasReleased ? { ...state, releasing: false } : state, offset);
  }
  // A redelivered message from before the head has been processed already: it must not replace the head.
  const isRedelivery = state.head !== undefined && !ownHead;
  const delayedRetries = ownHead?.delayedRetries ?? 0;
  const placement = placementOf({ ...input, delayedRetries }, now, policy);
  const effects: SequenceEffect[] = [];
  if (placement.place === 'rung') {
    if (isRedelivery) return unchanged(state);
    effects.push({ kind: 'retry-later', offset, rung: placement.rung, dueAt: placement.dueAt, attempts });
  } else {
    const why = placement.place === 'dead' ? placement.why : 'held';
    effects.push({ kind: 'dead-letter', offset, place: placement.place, why, attempts });
    if (isRedelivery) return { state, effects };
    if (ownHead?.order !== undefined) effects.push({ kind: 'answer', order: ownHead.order.id, result: 'dead-again' });
  }
  const head = failedHead(input, placement, ownHead);
  effects.push({ kind: 'store', head });
  const isOldestParked = state.parked[0] === offset;
  if (isOldestParked) effects.push({ kind: 'unpark', offset });
  return { state: { head, parked: isOldestParked ? state.parked.slice(1) : state.parked, releasing: false }, effects };
}

/** The head that a failed message becomes, or stays. */
function failedHead({ offset, attempts, firstFailureAt, code }: Failed, placement: Placement, before: Head | undefined): Head {
  const retries = before?.delayedRetries ?? 0;
  const common = { offset, place: placement.place, attempts, firstFailureAt, code };
  if (placement.place === 'rung') return { ...common, delayedRetries: retries + 1, dueAt: placement.dueAt, order: before?.order };
  return { ...common, delayedRetries: retries, dueAt: 0, order: undefined };
}

function release(state: SequenceState): SequenceStep {
  const [offset] = state.parked;
  if (state.head || state.releasing || offset === undefined) return unchanged(state);
  return { state: { ...state, releasing: true }, effects: [{ kind: 'work', offset, from: 'parked', attempt: 1 }] };
}
