import { longestRetryAfterMs } from '@tributary/domain';
import { conclude } from './effects.js';
import { applyPartial, finishRefused } from './half-document.js';
import { scheduleRecheck } from './recheck.js';
import { nothingToChangeCode, resumedEnsure, withoutPosting } from './set-aside.js';
import { holdPosting, laterVersion, recordSuccess, requestLookup } from './transitions.js';
import type { Answer, Posting, PostingPolicy, Step } from './types.js';

/** Applies the target's answer to a post. */
export function applyAnswer(posting: Posting, answer: Answer, now: number, policy: PostingPolicy): Step {
  switch (answer.kind) {
    case 'posted':
    case 'updated':
      // The call added the missing lines of a half document, so the request counts as posted.
      return recordSuccess(posting, answer.reference, posting.half ? 'posted' : answer.kind, now, policy);
    case 'partial':
      return applyPartial(posting, answer, now, policy);
    case 'unknown':
      // I3: look before posting again.
      return requestLookup({ ...posting, state: 'unknown', lookups: 0 }, policy.settleMs, now, policy);
    case 'rejected':
      return posting.half ? finishRefused(posting, answer, now, policy) : rejected(posting, answer, now, policy);
    case 'ambiguous':
      return holdPosting({ ...posting, sentAt: undefined }, answer.code, answer.text, now, policy);
    case 'skipped':
      return skipped(posting, answer.text, now, policy);
    case 'throttled':
      return throttled(posting, answer, now, policy);
    case 'conflict':
      return deferPosting(posting, 'retry', 'erp.conflict', answer.text, now + policy.resumeDelayMs);
    case 'unavailable':
      return deferPosting(posting, 'pause', answer.code, answer.text, now + policy.resumeDelayMs);
    case 'unauthorised':
      return deferPosting(posting, 'pause', 'erp.unauthorised', answer.text, now + policy.resumeDelayMs);
  }
}

/**
 * The target refused the call: certainly not applied, and waiting will not help. A document that existed before still exists, unchanged.
 */
function rejected(posting: Posting, answer: Extract<Answer, { kind: 'rejected' }>, now: number, policy: PostingPolicy): Step {
  const { code, field, text } = answer;
  const state = posting.reference === undefined ? 'rejected' : 'posted';
  const message = field === undefined ? text : `${field}: ${text}`;
  // A resent document may be rejected because the first call committed meanwhile. The recheck finds that.
  const done = scheduleRecheck({ ...posting, state, leaseUntil: 0, sentAt: undefined, storedInLedger: false }, now, policy);
  if (!posting.request) return { posting: done, effects: [] };
  return {
    posting: done,
    effects: [
      conclude(posting.request, 'rejected', code, message),
      { kind: 'fail', disposition: 'reject', code, text, ...(field === undefined ? {} : { field }) },
    ],
  };
}

/**
 * The target found nothing to change. The version is recorded all the same, so that an older state cannot undo a newer one (I4). An upsert
 * that found no document is set aside: an `ensure` that creates the document later creates it in that state.
 */
function skipped(posting: Posting, text: string, now: number, policy: PostingPolicy): Step {
  const { request, reference } = posting;
  const foundNothing = reference === undefined && request?.protocol === 'versioned-upsert';
  const done: Posting = {
    ...withoutPosting(posting),
    ...(foundNothing ? { setAside: request } : {}),
    version: laterVersion(posting.version, request?.version),
    appliedDigest: request?.digest,
  };
  return {
    posting: scheduleRecheck(done, now, policy),
    effects: request ? [conclude(request, 'skipped', foundNothing ? nothingToChangeCode : undefined, text), ...resumedEnsure(posting)] : [],
  };
}

/** Defers the posting by the delay that the target asked for, plus jitter, so that throttled postings do not all return at once. */
function throttled(posting: Posting, answer: Extract<Answer, { kind: 'throttled' }>, now: number, policy: PostingPolicy): Step {
  const askedMs = Math.min(Math.max(answer.retryAfterMs, 0), longestRetryAfterMs);
  const retryAfterMs = Math.round(askedMs * (1 + deterministicJitter(posting.request?.requestId ?? '') / 4));
  const deferred = deferPosting(posting, 'retry', 'erp.throttled', answer.text, now + Math.max(retryAfterMs, policy.resumeDelayMs));
  return { ...deferred, effects: deferred.effects.map((effect) => (effect.kind === 'fail' ? { ...effect, retryAfterMs } : effect)) };
}

/** Jitter from 0 up to 1, always the same for the same text: the protocol has no randomness. */
function deterministicJitter(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_009;
  return hash / 1_009;
}

/**
 * Defers a call that was certainly not applied and may succeed later. Consumes no attempt. A request stored in the ledger waits there, any
 * other one in Kafka.
 */
function deferPosting(posting: Posting, disposition: 'retry' | 'pause', code: string, text: string, notBefore: number): Step {
  const deferred: Posting = {
    ...posting,
    state: posting.storedInLedger ? 'waiting' : 'new',
    leaseUntil: 0,
    // This call was not applied, but an earlier one may still commit, so the next claim looks the document up first (I3).
    sentAt: posting.resentAt === undefined ? undefined : posting.sentAt,
    attempts: posting.attempts - 1,
    notBefore: posting.storedInLedger ? notBefore : 0,
  };
  return { posting: deferred, effects: [{ kind: 'fail', disposition, code, text }] };
}
