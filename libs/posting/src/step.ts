import { isSameRequest, isStored } from './admission.js';
import type { Admission } from './admission.js';
import { answered } from './answered.js';
import { decided } from './decided.js';
import { amountDiffersCode, amountDiffersText, conflictingAmount } from './amount-differs.js';
import { displaced, setAsideBy } from './displaced.js';
import { claim, conclude, held, look, newer, post, succeeded, outcomeUnknown } from './moves.js';
import { duplicateFound, isRechecking, recheck, rechecked, recheckIsDue } from './recheck.js';
import { admitCreateOnce, supersededText } from './create-once.js';
import { admitEnsure } from './ensure.js';
import type { Input, Posting, PostingPolicy, PostingRequest, Protocol, Step } from './types.js';
import { admitVersionedUpsert } from './versioned-upsert.js';

const admissions: Readonly<Record<Protocol, (posting: Posting, request: PostingRequest) => Admission>> = {
  'create-once': admitCreateOnce,
  ensure: admitEnsure,
  'versioned-upsert': admitVersionedUpsert,
};

/** Of an outcome in a rebuilt ledger whose request is older than its topic. */
const unknownDigest = '';

/** Conclusions after which the same request has nothing more to ask for. */
const final = new Set(['posted', 'adopted', 'updated', 'released', 'duplicate', 'stale', 'skipped']);

/**
 * The posting protocol: what becomes of one posting when something happens to it. Pure; the caller writes the posting before it
 * acts on the effects, under the fence that the posting had (docs/invariants.md I3, I4, I7).
 * @param now milliseconds.
 */
export function step(posting: Posting, input: Input, now: number, policy: PostingPolicy): Step {
  switch (input.kind) {
    case 'requested':
      return requested(posting, input, now, policy);
    case 'decided':
      return decided(posting, input, now, policy);
    case 'resumed':
      return resumed(posting, input.missing, now, policy);
    default:
      // A zombie: somebody took over. Whatever it found out changes nothing (I7).
      if (input.fence !== posting.fence || posting.leaseUntil === 0) return { posting, effects: [{ kind: 'refused' }] };
  }
  if (isRechecking(posting)) return rechecked(posting, input, now, policy);
  switch (input.kind) {
    case 'answered':
      return answered(posting, input.answer, now, policy);
    case 'looked':
      return looked(posting, input.reference, now, policy);
    case 'silent':
      return silent(posting, input.text, now, policy);
    case 'puzzled':
      return held(posting, input.code, input.text, now, policy);
    case 'abandoned':
      return abandoned(posting, now, policy);
  }
}

/**
 * The worker stops. A call that it gave up may be committed for another settle time, and for what was there before a look tells nothing
 * of that: the next one comes after it, or an older state would overwrite a newer one (I4).
 */
function abandoned(posting: Posting, now: number, { settleMs }: PostingPolicy): Step {
  const leaseUntil = posting.sentAt === undefined ? 0 : Math.min(posting.leaseUntil, now + settleMs);
  return { posting: { ...posting, leaseUntil }, effects: [] };
}

function requested(posting: Posting, input: Extract<Input, { kind: 'requested' }>, now: number, policy: PostingPolicy): Step {
  const { request, missing, earlier } = input;
  const booked = conflictingAmount(posting, request);
  const undone = input.ordered === true && earlier?.result === 'skipped'; // a person thought better of it
  if (earlier && final.has(earlier.result) && !undone) {
    const changed = earlier.digest !== request.digest && earlier.digest !== unknownDigest;
    const isAnother = changed && (request.protocol === 'versioned-upsert' || booked !== undefined);
    if (!isAnother) return { posting, effects: [{ kind: 'repeat', superseded: changed }] };
  }
  // Only a person may have tried again what is held: a message that comes again is told the same (I3).
  if (isOwned(posting, input)) return { posting, effects: [{ kind: 'repeat', superseded: false }] };
  if (posting.leaseUntil > now) return { posting, effects: [{ kind: 'busy', until: posting.leaseUntil }] };

  if (booked !== undefined && request.amount !== undefined) {
    const text = amountDiffersText(booked, request.amount, posting.reference !== undefined);
    return { posting, effects: [conclude(request, 'held', amountDiffersCode, text)] };
  }
  if (posting.twice && request.protocol !== 'versioned-upsert')
    return {
      posting,
      effects: [conclude(request, 'held', duplicateFound, 'the target holds it more than once; take all but one away there')],
    };

  const admission = admissions[request.protocol](posting, request);
  if (admission.kind === 'end')
    return {
      posting: admission.setAside ? { ...posting, setAside: request } : posting,
      effects: [{ kind: 'conclude', requestId: request.requestId, result: admission.result, text: admission.text }],
    };

  const effects = displaced(posting, request);
  const setAside = setAsideBy(posting, request);
  if (missing.length > 0 && posting.sentAt === undefined) {
    const waiting: Posting = {
      ...posting,
      setAside,
      state: 'waiting',
      leaseUntil: 0,
      parked: true,
      notBefore: 0,
      request,
      waitingOn: missing,
    };
    return {
      posting: waiting,
      effects: [...effects, conclude(request, 'waiting', 'posting.dependency', `waiting for ${missing.join(', ')}`)],
    };
  }
  // A replay of what was refused or held gets all its attempts again.
  const again = posting.state === 'held' || posting.state === 'rejected' || !isSameRequest(posting, request);
  const claimed = claim({ ...posting, setAside, attempts: again ? 0 : posting.attempts }, request, false, now, policy);
  return { ...claimed, effects: [...effects, ...claimed.effects] };
}

/**
 * Whether the ledger brings this very request to its end. Once it was stored its message is done: read again (a rewind), it passes as an
 * old one, nothing tries it again, and nothing brings it again after a crash. So it takes nothing over: what the sweeper finds out is
 * published, and dead-lettered, from the ledger (I2). What a person gave back comes again until it is done, so it may take what is held.
 */
function isOwned(posting: Posting, { request, earlier, ordered }: Extract<Input, { kind: 'requested' }>): boolean {
  if (earlier?.digest !== request.digest) return false;
  const isStoredForIt = isStored(posting) && isSameRequest(posting, request);
  if (earlier.result === 'held') return ordered !== true && (posting.state === 'held' || isStoredForIt);
  return earlier.result === 'waiting' && isStoredForIt;
}

function resumed(posting: Posting, missing: readonly string[], now: number, policy: PostingPolicy): Step {
  const { request } = posting;
  const nothing: Step = { posting, effects: [] };
  if (request && recheckIsDue(posting, now)) return recheck(posting, now, policy);
  if (!request || posting.leaseUntil > now || posting.notBefore > now) return nothing;
  const open = posting.sentAt !== undefined && (posting.state === 'claimed' || posting.state === 'unknown' || posting.state === 'held');
  if (open || (posting.state === 'claimed' && posting.parked)) return claim(posting, request, true, now, policy);
  if (posting.state !== 'waiting') return nothing;
  if (missing.length > 0) return { posting: { ...posting, waitingOn: missing }, effects: [] };
  return claim(posting, request, true, now, policy);
}

/** Found: what was sent is there. For an upsert only the document is known to be there, its newest state is sent (again). */
function looked(posting: Posting, reference: Posting['reference'], now: number, policy: PostingPolicy): Step {
  const looks = posting.looks + 1;
  if (reference !== undefined) {
    if (posting.request?.protocol !== 'versioned-upsert') return succeeded(posting, reference, 'adopted', now, policy);
    // I4: a document that was there before says nothing of the call. A state that is committed late must not come after a newer one.
    const wasThere = posting.reference !== undefined && looks < policy.looksBeforePost;
    if (wasThere) return look({ ...posting, looks }, policy.settleMs, now, policy);
    // It may have brought this state: should it be refused now, nothing older may be written over it.
    // The known reference stays: an operator may have named this document (resolve), and the lookup may show another one.
    return post(
      { ...posting, reference: posting.reference ?? reference, version: newer(posting.version, posting.request.version) },
      now,
      policy,
    );
  }
  // I3: the target may still be committing, so it is asked again after a while before anything is sent again.
  if (looks < policy.looksBeforePost) return look({ ...posting, looks }, policy.settleMs, now, policy);
  // Two calls in a row got no answer: a person sees that while the sweeper goes on, and the message is not kept for longer.
  if (!posting.parked && posting.attempts > 1 && posting.sentAt !== undefined && posting.sentAt === posting.resentAt)
    return held({ ...posting, looks }, outcomeUnknown, `sent ${posting.attempts} times without an answer, and not found`, now, policy);
  return post({ ...posting, looks }, now, policy);
}

function silent(posting: Posting, text: string, now: number, policy: PostingPolicy): Step {
  if (now - (posting.sentAt ?? now) >= policy.heldAfterMs) return held(posting, outcomeUnknown, text, now, policy);
  return look(posting, policy.settleMs, now, policy);
}

export { supersededText };
