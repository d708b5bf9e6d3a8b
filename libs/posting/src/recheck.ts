import { conclude } from './effects.js';
import type { Input, Posting, PostingPolicy, Reference, Step } from './types.js';

/** Code of a posting that the target holds more than once. */
export const duplicateFound = 'posting.duplicate-found';

/**
 * Schedules the first recheck of a posting that was sent again after an unanswered call and has ended: the first call may have been
 * committed after the last lookup (docs/invariants.md, "What remains"). The target cannot prevent a duplicate, so we must detect it.
 */
export function scheduleRecheck(posting: Posting, now: number, { recheckMs }: PostingPolicy): Posting {
  const [first] = recheckMs;
  return posting.resentAt === undefined || first === undefined ? posting : { ...posting, recheckAt: now + first, rechecks: 0 };
}

/** True when a recheck is due, no worker holds the posting and no call of it is open. */
export function recheckIsDue({ recheckAt, leaseUntil, sentAt, state }: Posting, now: number): boolean {
  return recheckAt !== undefined && recheckAt <= now && leaseUntil <= now && sentAt === undefined && hasEnded(state);
}

/** True when the current lookup searches for a duplicate, not for the outcome of a call. */
export function isRechecking({ recheckAt, sentAt, state }: Posting): boolean {
  return recheckAt !== undefined && sentAt === undefined && hasEnded(state);
}

function hasEnded(state: Posting['state']): boolean {
  return state === 'posted' || state === 'rejected' || state === 'held' || state === 'skipped';
}

/** Claims the posting for one lookup. Its state does not change: the posting has ended. */
export function startRecheck(posting: Posting, now: number, policy: PostingPolicy): Step {
  const claimed: Posting = { ...posting, fence: posting.fence + 1, leaseUntil: now + policy.leaseMs };
  return { posting: claimed, effects: [{ kind: 'lookup', afterMs: 0 }] };
}

/** Applies what the lookup of a recheck found. */
export function applyRecheck(posting: Posting, input: Extract<Input, { fence: number }>, now: number, policy: PostingPolicy): Step {
  const free: Posting = { ...posting, leaseUntil: 0 };
  switch (input.kind) {
    case 'lookup-answered':
      if (input.reference !== undefined && input.missing?.length && free.reference === undefined)
        return lateHalf(free, input.reference, input.missing);
      return found(free, input.reference, now, policy);
    case 'lookup-ambiguous': {
      const waitMs = policy.recheckMs.at(0) ?? policy.resumeDelayMs;
      const held: Posting = { ...free, state: 'held', storedInLedger: true, hasDuplicate: true, recheckAt: now + waitMs };
      return { posting: held, effects: posting.request ? [conclude(posting.request, 'held', duplicateFound, input.text)] : [] };
    }
    case 'lookup-failed':
      return { posting: { ...free, recheckAt: now + policy.resumeDelayMs }, effects: [] };
    default:
      return { posting: free, effects: [] };
  }
}

/** An abandoned call committed late, and only in part. */
function lateHalf(posting: Posting, reference: Reference, missing: readonly string[]): Step {
  const { request } = posting;
  const half = { reference, missing, digest: request?.digest ?? '' };
  const held: Posting = { ...posting, state: 'held', storedInLedger: true, half, recheckAt: undefined };
  const text = `it came late and without its lines ${missing.join(', ')}; replay to finish it, or delete it in the target`;
  return { posting: held, effects: request ? [conclude(request, 'held', 'posting.half-done', text)] : [] };
}

function found(posting: Posting, reference: Reference | undefined, now: number, policy: PostingPolicy): Step {
  const { request, hasDuplicate } = posting;
  const next = withNextRecheck(posting, now, policy);
  // Exactly one document remains: an operator removed the duplicate, or an abandoned call committed late. A late upsert is left alone,
  // because it is not known whether it brought the newest state.
  const isLate = posting.reference === undefined && request?.protocol !== 'versioned-upsert';
  if (reference === undefined || !(hasDuplicate || isLate))
    return { posting: hasDuplicate ? { ...next, recheckAt: now + policy.resumeDelayMs } : next, effects: [] };
  const single: Posting = {
    ...next,
    state: 'posted',
    storedInLedger: false,
    hasDuplicate: false,
    reference,
    half: undefined,
    discarding: undefined,
    appliedDigest: posting.appliedDigest ?? request?.digest,
    appliedAmount: posting.appliedAmount ?? request?.amount,
    setAside: undefined,
  };
  return { posting: single, effects: request ? [conclude(request, 'adopted')] : [] };
}

/** Schedules the next recheck. After the last one the posting is no longer watched. */
function withNextRecheck(posting: Posting, now: number, { recheckMs }: PostingPolicy): Posting {
  const rechecks = posting.rechecks + 1;
  const waitMs = recheckMs[rechecks];
  return waitMs === undefined
    ? { ...posting, rechecks, recheckAt: undefined, resentAt: undefined }
    : { ...posting, rechecks, recheckAt: now + waitMs };
}
