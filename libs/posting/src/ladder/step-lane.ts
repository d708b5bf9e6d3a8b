import type { Head, Lane, LaneEffect, LaneInput, LaneStep, OrderAction, OrderResult } from './lane.js';
import { placementOf } from './policy.js';
import type { LadderPolicy } from './policy.js';

/**
 * What becomes of one sequence when something happens in it (docs/invariants.md I4): while its head is stuck, whatever comes later waits
 * behind it and is worked on in order when the head is done. Pure; see {@link LaneEffect} for the order in which effects are acted out.
 * @param now milliseconds.
 */
export function stepLane(lane: Lane, input: LaneInput, now: number, policy: LadderPolicy): LaneStep {
  switch (input.kind) {
    case 'arrived':
      return arrived(lane, input.offset);
    case 'returned':
      return returned(lane, input.offset, input.attempts);
    case 'ordered':
      return ordered(lane, input);
    case 'succeeded':
      return succeeded(lane, input.offset);
    case 'failed':
      return failed(lane, input, now, policy);
    case 'interrupted':
      return { lane: { ...lane, releasing: false }, effects: [] };
    case 'release':
      return release(lane);
  }
}

const results: Readonly<Record<OrderAction, OrderResult>> = { replay: 'replayed', skip: 'skipped', resolve: 'resolved' };
const nothing = (lane: Lane): LaneStep => ({ lane, effects: [] });
const work = (offset: bigint, attempt: number): LaneEffect => ({ kind: 'work', offset, from: 'read', attempt });

function arrived(lane: Lane, offset: bigint): LaneStep {
  const { head, parked } = lane;
  // Read again although it is stored: its offset was not committed. The store is what counts.
  if (head?.offset === offset || parked.includes(offset)) return nothing(lane);
  // A message from before the head was done before the head came to its turn; doing it again changes nothing.
  const old = head ? offset < head.offset : parked[0] !== undefined && offset < parked[0];
  if ((!head && parked.length === 0) || old) return { lane, effects: [work(offset, 1)] };
  const queued = [...parked, offset];
  // Nearly always ascending; after a rewind a message may come that is older than what waits already.
  if (parked.length > 0 && offset < (parked.at(-1) as bigint)) queued.sort((a, b) => (a < b ? -1 : 1));
  return { lane: { ...lane, parked: queued }, effects: [{ kind: 'park', offset, behind: head }] };
}

function returned(lane: Lane, offset: bigint, attempts: number): LaneStep {
  const { head } = lane;
  // A copy is written before its failure is recorded, so one with another count is no longer, or was never, the one that counts.
  if (!head || head.offset !== offset || head.place !== 'rung' || head.attempts !== attempts) return nothing(lane);
  return { lane, effects: [work(offset, attempts + 1)] };
}

function ordered(lane: Lane, { offset, order, earlier }: Extract<LaneInput, { kind: 'ordered' }>): LaneStep {
  const { head } = lane;
  // Given once more by a copy that overtook its answer: as long as it is given, it has to come to an end.
  const isGiven = head?.offset === offset && head.order?.id === order.id;
  if (earlier !== undefined && !isGiven) return { lane, effects: [{ kind: 'answer', order: order.id, result: earlier }] };
  // A replay that climbs the ladder is still open: its answer comes when it ends.
  if (head?.offset === offset && head.place === 'rung' && head.order?.id === order.id) return nothing(lane);
  // I4: nothing passes a stuck head, and nothing interferes with one that is tried again by itself.
  if (head && (head.offset !== offset || head.place === 'rung'))
    return { lane, effects: [{ kind: 'answer', order: order.id, result: 'not-applicable' }] };
  // It gets all its attempts again. What nobody waited for (it was skipped, or stored elsewhere) holds its sequence up as long as it is in work.
  const given: Head = {
    offset,
    place: head?.place ?? 'dead',
    attempts: 0,
    climbs: 0,
    firstFailureAt: 0,
    dueAt: 0,
    code: head?.code ?? '',
    order,
  };
  return { lane: { ...lane, head: given }, effects: [{ kind: 'store', head: given }, work(offset, 1)] };
}

function succeeded(lane: Lane, offset: bigint): LaneStep {
  const { head, parked } = lane;
  if (head?.offset === offset)
    return freed(lane, head.order === undefined ? [] : [{ kind: 'answer', order: head.order.id, result: results[head.order.action] }]);
  if (parked[0] === offset) {
    const left = parked.slice(1);
    const effects: LaneEffect[] = [{ kind: 'unpark', offset }];
    if (left.length > 0) effects.push({ kind: 'release' });
    return { lane: { ...lane, parked: left, releasing: false }, effects };
  }
  return nothing(lane);
}

/** The head is done: what waits can go on. */
function freed(lane: Lane, answers: readonly LaneEffect[]): LaneStep {
  const effects: LaneEffect[] = [...answers, { kind: 'store', head: undefined }];
  if (lane.parked.length > 0) effects.push({ kind: 'release' });
  return { lane: { ...lane, head: undefined }, effects };
}

function failed(lane: Lane, input: Extract<LaneInput, { kind: 'failed' }>, now: number, policy: LadderPolicy): LaneStep {
  const { offset, attempts, firstFailureAt, code } = input;
  const wasHead = lane.head?.offset === offset ? lane.head : undefined;
  // I1, I4: one that was to be parked and could not be stored in time is no failure of its own: it waits like the others.
  const stuck = lane.head?.offset ?? lane.parked[0];
  if (stuck !== undefined && offset > stuck) {
    // The one that was being released, and an order gave an older one back meanwhile: it goes on when that one is done.
    const released = lane.releasing && lane.parked[0] === offset;
    return arrived(released ? { ...lane, releasing: false } : lane, offset);
  }
  // Somebody else is stuck: this one is an old message that was read again, and it was done before. It has nothing to hold up.
  const passing = lane.head !== undefined && !wasHead;
  const climbs = wasHead?.climbs ?? 0;
  const placement = placementOf({ ...input, climbs }, now, policy);
  const head: Head = {
    offset,
    place: placement.place,
    attempts,
    climbs: placement.place === 'rung' ? climbs + 1 : climbs,
    firstFailureAt,
    dueAt: placement.place === 'rung' ? placement.dueAt : 0,
    code,
    order: placement.place === 'rung' ? wasHead?.order : undefined,
  };
  const effects: LaneEffect[] = [];
  if (placement.place === 'rung') {
    if (passing) return nothing(lane);
    effects.push({ kind: 'climb', offset, rung: placement.rung, dueAt: placement.dueAt, attempts });
  } else {
    const why = placement.place === 'dead' ? placement.why : 'held';
    effects.push({ kind: 'bury', offset, place: placement.place, why, attempts });
    if (passing) return { lane, effects };
    if (wasHead?.order !== undefined) effects.push({ kind: 'answer', order: wasHead.order.id, result: 'dead-again' });
  }
  effects.push({ kind: 'store', head });
  const first = lane.parked[0] === offset;
  if (first) effects.push({ kind: 'unpark', offset });
  return { lane: { head, parked: first ? lane.parked.slice(1) : lane.parked, releasing: false }, effects };
}

function release(lane: Lane): LaneStep {
  const [offset] = lane.parked;
  if (lane.head || lane.releasing || offset === undefined) return nothing(lane);
  return { lane: { ...lane, releasing: true }, effects: [{ kind: 'work', offset, from: 'parked', attempt: 1 }] };
}
