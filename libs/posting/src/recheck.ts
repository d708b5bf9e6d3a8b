import { conclude } from './moves.js';
import type { Input, Posting, PostingPolicy, Reference, Step } from './types.js';

/** Code of a posting that the target holds more than once. */
export const duplicateFound = 'posting.duplicate-found';

/**
 * A posting that was sent again after an unanswered call, and that has an end now, is looked at again later: the first call may have been
 * committed after the last look (docs/invariants.md, "What remains"). The target cannot prevent the second document; it must not stay unseen.
 */
export function watched(posting: Posting, now: number, { recheckMs }: PostingPolicy): Posting {
  const [first] = recheckMs;
  return posting.resentAt === undefined || first === undefined ? posting : { ...posting, recheckAt: now + first, rechecks: 0 };
}

/** Whether a recheck is due: nobody holds the posting and no call of it is open. */
export function recheckIsDue({ recheckAt, leaseUntil, sentAt, state }: Posting, now: number): boolean {
  return recheckAt !== undefined && recheckAt <= now && leaseUntil <= now && sentAt === undefined && hasEnded(state);
}

/** Whether what is looked for is a second document, and not the end of a call. */
export function isRechecking({ recheckAt, sentAt, state }: Posting): boolean {
  return recheckAt !== undefined && sentAt === undefined && hasEnded(state);
}

function hasEnded(state: Posting['state']): boolean {
  return state === 'posted' || state === 'rejected' || state === 'held' || state === 'skipped';
}

/** Takes the posting for one look. Its state stays as it is: it is done, and only looked at. */
export function recheck(posting: Posting, now: number, policy: PostingPolicy): Step {
  const claimed: Posting = { ...posting, fence: posting.fence + 1, leaseUntil: now + policy.leaseMs };
  return { posting: claimed, effects: [{ kind: 'look', afterMs: 0 }] };
}

/** What the look of a recheck found. */
export function rechecked(posting: Posting, input: Extract<Input, { fence: number }>, now: number, policy: PostingPolicy): Step {
  const free: Posting = { ...posting, leaseUntil: 0 };
  switch (input.kind) {
    case 'looked':
      return found(free, input.reference, now, policy);
    case 'puzzled': {
      const last = policy.recheckMs.at(0) ?? policy.parkMs;
      const twice: Posting = { ...free, state: 'held', parked: true, twice: true, recheckAt: now + last };
      return { posting: twice, effects: posting.request ? [conclude(posting.request, 'held', duplicateFound, input.text)] : [] };
    }
    case 'silent':
      return { posting: { ...free, recheckAt: now + policy.parkMs }, effects: [] };
    default:
      return { posting: free, effects: [] };
  }
}

function found(posting: Posting, reference: Reference | undefined, now: number, policy: PostingPolicy): Step {
  const { request, twice } = posting;
  const next = later(posting, now, policy);
  // One of two that a person let stand, or a late commit of what was given up: it is there, once. Whether a late commit of an upsert
  // brought its newest state is not known, so that stays as it is.
  const isLate = posting.reference === undefined && request?.protocol !== 'versioned-upsert';
  if (reference === undefined || !(twice || isLate))
    return { posting: twice ? { ...next, recheckAt: now + policy.parkMs } : next, effects: [] };
  const there: Posting = {
    ...next,
    state: 'posted',
    parked: false,
    twice: false,
    reference,
    appliedDigest: posting.appliedDigest ?? request?.digest,
    appliedAmount: posting.appliedAmount ?? request?.amount,
    setAside: undefined,
  };
  return { posting: there, effects: request ? [conclude(request, 'adopted')] : [] };
}

/** The next recheck, if there is one more. */
function later(posting: Posting, now: number, { recheckMs }: PostingPolicy): Posting {
  const rechecks = posting.rechecks + 1;
  const ms = recheckMs[rechecks];
  return ms === undefined
    ? { ...posting, rechecks, recheckAt: undefined, resentAt: undefined }
    : { ...posting, rechecks, recheckAt: now + ms };
}
