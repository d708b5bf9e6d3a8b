import { isSameRequest, isStored } from './admission.js';
import type { Admission } from './admission.js';
import { amountDiffersCode, amountDiffersText, conflictingAmount } from './amount-differs.js';
import { applyAnswer } from './apply-answer.js';
import { applyDecision } from './apply-decision.js';
import { admitCreateOnce } from './create-once.js';
import { concludeDisplacedRequest, setAsideBy } from './displaced-request.js';
import { conclude } from './effects.js';
import { admitEnsure } from './ensure.js';
import { applyDiscardAnswer, discarded, halfFound, lackingOfOtherContent, sentOfOtherContent } from './half-document.js';
import { waitFor } from './wait-for.js';
import { applyRecheck, duplicateFound, isRechecking, recheckIsDue, startRecheck } from './recheck.js';
import { meaningOf } from './results.js';
import { claim, holdPosting, laterVersion, outcomeUnknown, post, recordSuccess, requestLookup } from './transitions.js';
import type { Input, Posting, PostingPolicy, PostingRequest, Protocol, Step } from './types.js';
import { admitVersionedUpsert } from './versioned-upsert.js';

const admissions: Readonly<Record<Protocol, (posting: Posting, request: PostingRequest) => Admission>> = {
  'create-once': admitCreateOnce,
  ensure: admitEnsure,
  'versioned-upsert': admitVersionedUpsert,
};

/** Digest of an outcome that a rebuild wrote without its request, which is past the retention of its topic. */
const unknownDigest = '';

/**
 * The posting protocol: one step of one posting. Pure; the caller writes the posting before it acts on the effects, under the fence that the
 * posting had (docs/invariants.md I3, I4, I7). Every state, input, next state and effect: docs/posting-states.md, generated from this
 * function.
 * @param now milliseconds.
 */
export function step(posting: Posting, input: Input, now: number, policy: PostingPolicy): Step {
  switch (input.kind) {
    case 'requested':
      return requested(posting, input, now, policy);
    case 'decided':
      return applyDecision(posting, input, now, policy);
    case 'resumed':
      return resumed(posting, input, now, policy);
    default:
      // Stale worker: another holds the lease, so its result is fenced off (I7).
      if (input.fence !== posting.fence || posting.leaseUntil === 0) return { posting, effects: [{ kind: 'fenced' }] };
  }
  if (isRechecking(posting)) return applyRecheck(posting, input, now, policy);
  switch (input.kind) {
    case 'answered':
      return applyAnswer(posting, input.answer, now, policy);
    case 'discard-answered':
      return applyDiscardAnswer(posting, input.answer, now, policy);
    case 'lookup-answered':
      return lookupAnswered(posting, input, now, policy);
    case 'lookup-failed':
      return lookupFailed(posting, input.text, now, policy);
    case 'lookup-ambiguous':
      return holdPosting(posting, input.code, input.text, now, policy);
    case 'abandoned':
      return abandoned(posting, now, policy);
  }
}

/**
 * The worker stops during a call, which may still commit within a settle delay. If the document existed before, a lookup cannot show
 * whether it did, so the next claim waits: otherwise an older state could overwrite a newer one (I4).
 */
function abandoned(posting: Posting, now: number, { settleMs }: PostingPolicy): Step {
  const leaseUntil = posting.sentAt === undefined ? 0 : Math.min(posting.leaseUntil, now + settleMs);
  return { posting: { ...posting, leaseUntil }, effects: [] };
}

function requested(posting: Posting, input: Extract<Input, { kind: 'requested' }>, now: number, policy: PostingPolicy): Step {
  const { request, missing, neverAsked = [] } = input;
  const concluded = concludedBefore(posting, input) ?? busyOrHeld(posting, request, now);
  if (concluded) return concluded;

  const admission = admissions[request.protocol](posting, request);
  if (admission.kind === 'conclude')
    return {
      posting: admission.setAside ? { ...posting, setAside: request } : posting,
      effects: [conclude(request, admission.result, undefined, admission.text)],
    };

  const effects = concludeDisplacedRequest(posting, request);
  const setAside = setAsideBy(posting, request);
  if (missing.length > 0 && posting.sentAt === undefined) {
    const waiting = waitFor({ ...posting, request, setAside }, request, missing, neverAsked);
    return { posting: waiting.posting, effects: [...effects, ...waiting.effects] };
  }
  // A replay of a rejected or held request gets all its attempts again.
  const startsOver = posting.state === 'held' || posting.state === 'rejected' || !isSameRequest(posting, request);
  const half = posting.half ?? sentOfOtherContent(posting, request);
  const claimed = claim({ ...posting, setAside, half, attempts: startsOver ? 0 : posting.attempts }, request, false, now, policy);
  return { ...claimed, effects: [...effects, ...claimed.effects] };
}

/** Repeats the recorded outcome of a redelivered request, unless an operator or new content asks for more. */
function concludedBefore(posting: Posting, input: Extract<Input, { kind: 'requested' }>): Step | undefined {
  const { request, earlier } = input;
  const isReversed = input.ordered === true && earlier?.result === 'skipped'; // an operator reversed an earlier skip
  if (earlier && meaningOf(earlier.result)?.final && !isReversed) {
    const changed = earlier.digest !== request.digest && earlier.digest !== unknownDigest;
    const isNewContent = changed && (request.protocol === 'versioned-upsert' || conflictingAmount(posting, request) !== undefined);
    if (!isNewContent) return { posting, effects: [{ kind: 'repeat', superseded: changed }] };
  }
  return isFinishedByLedger(posting, input) ? { posting, effects: [{ kind: 'repeat', superseded: false }] } : undefined;
}

/** What keeps a request from being admitted, whatever its protocol says. */
function busyOrHeld(posting: Posting, request: PostingRequest, now: number): Step | undefined {
  if (posting.leaseUntil > now) return { posting, effects: [{ kind: 'busy', until: posting.leaseUntil }] };
  const booked = conflictingAmount(posting, request);
  if (booked !== undefined && request.amount !== undefined) {
    const text = amountDiffersText(booked, request.amount, posting.reference !== undefined);
    return { posting, effects: [conclude(request, 'held', amountDiffersCode, text)] };
  }
  if (posting.hasDuplicate && request.protocol !== 'versioned-upsert')
    return {
      posting,
      effects: [conclude(request, 'held', duplicateFound, 'the target has several documents of it; remove all but one there')],
    };
  return undefined;
}

/**
 * True when the ledger, not Kafka, is responsible for finishing this request. Its offset is already committed, so a redelivery must not
 * claim the posting; the sweeper publishes the outcome (I2, I3). Exception: an operator's replay may claim a held posting.
 */
function isFinishedByLedger(posting: Posting, { request, earlier, ordered }: Extract<Input, { kind: 'requested' }>): boolean {
  if (earlier?.digest !== request.digest) return false;
  const isStoredForIt = isStored(posting) && isSameRequest(posting, request);
  if (earlier.result === 'held') return ordered !== true && (posting.state === 'held' || isStoredForIt);
  return earlier.result === 'waiting' && isStoredForIt;
}

function resumed(
  posting: Posting,
  { missing, neverAsked = [] }: Extract<Input, { kind: 'resumed' }>,
  now: number,
  policy: PostingPolicy,
): Step {
  const { request, sentAt, state } = posting;
  const nothing: Step = { posting, effects: [] };
  if (request && recheckIsDue(posting, now)) return startRecheck(posting, now, policy);
  if (!request || posting.leaseUntil > now || posting.notBefore > now) return nothing;
  const hasOpenCall = sentAt !== undefined && (state === 'claimed' || state === 'unknown' || state === 'held');
  if (hasOpenCall || (state === 'claimed' && posting.storedInLedger)) return claim(posting, request, true, now, policy);
  const isHeldForNeed = state === 'held' && posting.waitingOn.length > 0;
  if (state !== 'waiting' && !isHeldForNeed) return nothing;
  if (missing.length > 0 && !isHeldForNeed && neverAsked.length > 0) return waitFor(posting, request, missing, neverAsked);
  if (missing.length > 0) return { posting: { ...posting, waitingOn: missing }, effects: [] };
  return claim(posting, request, true, now, policy);
}

/**
 * Applies the answer to a lookup. A document that is found shows that the call committed. For an upsert it only shows that the document
 * exists, so the state is sent again.
 */
function lookupAnswered(
  posting: Posting,
  { reference, missing = [] }: Extract<Input, { kind: 'lookup-answered' }>,
  now: number,
  policy: PostingPolicy,
): Step {
  const lookups = posting.lookups + 1;
  const lacking = missing.length > 0 ? missing : lackingOfOtherContent(posting);
  if (reference !== undefined && lacking.length > 0 && posting.request?.protocol !== 'versioned-upsert')
    return halfFound(posting, reference, lacking, now, policy);
  if (reference !== undefined) {
    if (posting.request?.protocol !== 'versioned-upsert') return recordSuccess(posting, reference, 'adopted', now, policy);
    // I4: finding a document that existed before does not show whether the call committed. Wait, so that a late commit cannot overwrite a
    // newer state.
    const existedBefore = posting.reference !== undefined && lookups < policy.lookupsBeforePost;
    if (existedBefore) return requestLookup({ ...posting, lookups }, policy.settleMs, now, policy);
    // The call may have written this version: if it is rejected now, nothing older may be written over it.
    const version = laterVersion(posting.version, posting.request.version);
    // The known reference stays: an operator may have named this document (resolve), and the lookup may show another one.
    return post({ ...posting, reference: posting.reference ?? reference, version }, now, policy);
  }
  // I3: the target may still be committing. Look again after the settle delay before anything is sent again.
  if (lookups < policy.lookupsBeforePost) return requestLookup({ ...posting, lookups }, policy.settleMs, now, policy);
  if (posting.discarding !== undefined) return discarded(posting);
  // Two calls in a row were not answered: hold the posting, so that an operator sees it and its message is finished. The sweeper keeps
  // looking it up.
  if (!posting.storedInLedger && posting.attempts > 1 && posting.sentAt !== undefined && posting.sentAt === posting.resentAt)
    return holdPosting(
      { ...posting, lookups },
      outcomeUnknown,
      `sent ${posting.attempts} times without an answer, and not found`,
      now,
      policy,
    );
  // If a half document was found before, it is gone now: the whole document is sent.
  return post({ ...posting, lookups, half: undefined }, now, policy);
}

function lookupFailed(posting: Posting, text: string, now: number, policy: PostingPolicy): Step {
  if (now - (posting.sentAt ?? now) >= policy.heldAfterMs) return holdPosting(posting, outcomeUnknown, text, now, policy);
  return requestLookup(posting, policy.settleMs, now, policy);
}
