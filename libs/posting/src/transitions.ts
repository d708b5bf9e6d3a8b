import { conclude } from './effects.js';
import { scheduleRecheck } from './recheck.js';
import type { Posting, PostingPolicy, PostingRequest, Reference, Step } from './types.js';

/** Code of a posting whose outcome could not be determined. */
export const outcomeUnknown = 'posting.outcome-unknown';

/**
 * Claims a posting: raises the fence and takes a lease. After a call without a certain outcome the document is looked up before anything is
 * sent (I3).
 */
export function claim(posting: Posting, request: PostingRequest, storedInLedger: boolean, now: number, policy: PostingPolicy): Step {
  const claimed: Posting = {
    ...posting,
    fence: posting.fence + 1,
    request,
    storedInLedger,
    lookups: 0,
    waitingOn: [],
    leaseUntil: now + policy.leaseMs,
  };
  // A posting that has ended is looked up first, too, as long as an abandoned call may still commit or half of its document exists.
  const mayBeCommitted = (posting.resentAt !== undefined || posting.half !== undefined) && posting.reference === undefined;
  const sentAt = posting.sentAt ?? (mayBeCommitted ? now : undefined);
  if (sentAt !== undefined) return requestLookup({ ...claimed, state: 'unknown', sentAt }, 0, now, policy);
  return post(claimed, now, policy);
}

/**
 * Requests a lookup and shortens the lease to match: a lookup writes nothing, so the lease need not cover a full call. The limit leaves
 * time to hold the posting within `heldAfterMs`.
 */
export function requestLookup(posting: Posting, afterMs: number, now: number, policy: PostingPolicy): Step {
  const { lookupMs, leaseMs, heldAfterMs } = policy;
  const withinMs = Math.max(lookupMs, (posting.sentAt ?? now) + heldAfterMs - now - afterMs);
  const leaseUntil = now + Math.min(leaseMs, afterMs + withinMs + lookupMs);
  return { posting: { ...posting, leaseUntil }, effects: [{ kind: 'lookup', afterMs, withinMs }] };
}

/**
 * Sends the document, up to `maxAttempts` times. `sentAt` is written before the call, so that after a crash the outcome counts as unknown.
 */
export function post(posting: Posting, now: number, policy: PostingPolicy): Step {
  if (posting.attempts >= policy.maxAttempts)
    return holdPosting(
      { ...posting, sentAt: undefined },
      'posting.attempts-exhausted',
      posting.half
        ? `without its lines ${posting.half.missing.join(', ')} in the target after ${posting.attempts} attempts`
        : `not found in the target after ${posting.attempts} attempts`,
      now,
      policy,
    );
  const sent: Posting = {
    ...posting,
    state: 'claimed',
    attempts: posting.attempts + 1,
    lookups: 0,
    sentAt: now,
    leaseUntil: now + policy.leaseMs,
    // The earlier call may still commit, so a duplicate is possible from here on; rechecks look for it.
    resentAt: posting.sentAt !== undefined && posting.reference === undefined && posting.half === undefined ? now : posting.resentAt,
    recheckAt: undefined,
  };
  return { posting: sent, effects: [posting.half ? { kind: 'post', missing: posting.half.missing } : { kind: 'post' }] };
}

/** The document exists: ends the request. */
export function recordSuccess(
  posting: Posting,
  reference: Reference,
  result: 'posted' | 'updated' | 'adopted',
  now: number,
  policy: PostingPolicy,
): Step {
  const { request } = posting;
  const done: Posting = {
    ...posting,
    state: 'posted',
    leaseUntil: 0,
    sentAt: undefined,
    lookups: 0,
    storedInLedger: false,
    hasDuplicate: false,
    reference,
    half: undefined,
    discarding: undefined,
    version: laterVersion(posting.version, request?.version),
    appliedDigest: request?.digest,
    appliedAmount: request?.amount,
    setAside: undefined,
  };
  return { posting: scheduleRecheck(done, now, policy), effects: request ? [conclude(request, result)] : [] };
}

/** Holds the posting for an operator. If only the outcome of a call is unknown, a later lookup may resolve it. */
export function holdPosting(posting: Posting, code: string, text: string, now: number, policy: PostingPolicy): Step {
  const held: Posting = { ...posting, state: 'held', leaseUntil: 0, storedInLedger: true, notBefore: now + policy.resumeDelayMs };
  return { posting: scheduleRecheck(held, now, policy), effects: posting.request ? [conclude(posting.request, 'held', code, text)] : [] };
}

/** The larger of two versions; a request without one does not lower it. */
export function laterVersion(a: bigint, b: bigint | undefined): bigint {
  return b !== undefined && b > a ? b : a;
}
