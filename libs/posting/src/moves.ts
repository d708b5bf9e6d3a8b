import { watched } from './recheck.js';
import type { Effect, Posting, PostingPolicy, PostingRequest, Reference, Result, Step } from './types.js';

/** Code of a posting whose end could not be found out. */
export const outcomeUnknown = 'posting.outcome-unknown';

export function conclude(request: Pick<PostingRequest, 'requestId'>, result: Result, code?: string, text?: string): Effect {
  return {
    kind: 'conclude',
    requestId: request.requestId,
    result,
    ...(code === undefined ? {} : { code }),
    ...(text === undefined ? {} : { text }),
  };
}

/** Takes a posting: a new fence, a new lease. What was sent and never answered is looked for before anything is sent (I3). */
export function claim(posting: Posting, request: PostingRequest, parked: boolean, now: number, policy: PostingPolicy): Step {
  const claimed: Posting = {
    ...posting,
    fence: posting.fence + 1,
    request,
    parked,
    looks: 0,
    waitingOn: [],
    leaseUntil: now + policy.leaseMs,
  };
  // Also after an end, as long as an earlier call that was given up may still be committed.
  const doubted = posting.resentAt !== undefined && posting.reference === undefined;
  const sentAt = posting.sentAt ?? (doubted ? now : undefined);
  if (sentAt !== undefined) return look({ ...claimed, state: 'unknown', sentAt }, 0, now, policy);
  return post(claimed, now, policy);
}

/**
 * Takes time for a look. What it may take leaves a posting whose target stays silent held in time, and so does its lease: a worker that
 * looks sends nothing, so the lease need not outlive a call, only the look.
 */
export function look(posting: Posting, afterMs: number, now: number, policy: PostingPolicy): Step {
  const { lookMs, leaseMs, heldAfterMs } = policy;
  const withinMs = Math.max(lookMs, (posting.sentAt ?? now) + heldAfterMs - now - afterMs);
  const leaseUntil = now + Math.min(leaseMs, afterMs + withinMs + lookMs);
  return { posting: { ...posting, leaseUntil }, effects: [{ kind: 'look', afterMs, withinMs }] };
}

/** Sends, unless it was sent too often. `sentAt` is written before the call: a crash from here on leaves "unknown", never "nothing". */
export function post(posting: Posting, now: number, policy: PostingPolicy): Step {
  if (posting.attempts >= policy.maxAttempts)
    return held(
      { ...posting, sentAt: undefined },
      'posting.attempts-exhausted',
      `not there after ${posting.attempts} attempts`,
      now,
      policy,
    );
  const sent: Posting = {
    ...posting,
    state: 'claimed',
    attempts: posting.attempts + 1,
    looks: 0,
    sentAt: now,
    leaseUntil: now + policy.leaseMs,
    // What was not found may still come: from here on two documents are possible, and looked for.
    resentAt: posting.sentAt !== undefined && posting.reference === undefined ? now : posting.resentAt,
    recheckAt: undefined,
  };
  return { posting: sent, effects: [{ kind: 'post' }] };
}

export function succeeded(
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
    looks: 0,
    parked: false,
    twice: false,
    reference,
    version: newer(posting.version, request?.version),
    appliedDigest: request?.digest,
    appliedAmount: request?.amount,
    setAside: undefined,
  };
  return { posting: watched(done, now, policy), effects: request ? [conclude(request, result)] : [] };
}

/** A person decides, or a later look where only the end of a call is unknown. */
export function held(posting: Posting, code: string, text: string, now: number, policy: PostingPolicy): Step {
  const parked: Posting = { ...posting, state: 'held', leaseUntil: 0, parked: true, notBefore: now + policy.parkMs };
  return { posting: watched(parked, now, policy), effects: posting.request ? [conclude(posting.request, 'held', code, text)] : [] };
}

export function newer(a: bigint, b: bigint | undefined): bigint {
  return b !== undefined && b > a ? b : a;
}
