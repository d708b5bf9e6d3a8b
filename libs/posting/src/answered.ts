import { conclude, held, look, newer, succeeded } from './moves.js';
import { nothingToChangeCode, resumedEnsure, withoutPosting } from './set-aside.js';
import { watched } from './recheck.js';
import type { Answer, Posting, PostingPolicy, Step } from './types.js';

/** What the target's answer to a post means. */
export function answered(posting: Posting, answer: Answer, now: number, policy: PostingPolicy): Step {
  switch (answer.kind) {
    case 'posted':
    case 'updated':
      return succeeded(posting, answer.reference, answer.kind, now, policy);
    case 'unknown':
      // I3: after silence, look.
      return look({ ...posting, state: 'unknown', looks: 0 }, policy.settleMs, now, policy);
    case 'rejected':
      return rejected(posting, answer, now, policy);
    case 'ambiguous':
      return held({ ...posting, sentAt: undefined }, answer.code, answer.text, now, policy);
    case 'skipped':
      return skipped(posting, answer.text, now, policy);
    case 'throttled':
      return throttled(posting, answer, now, policy);
    case 'conflict':
      return notNow(posting, 'retry', 'erp.conflict', answer.text, now + policy.parkMs);
    case 'unavailable':
      return notNow(posting, 'pause', answer.code, answer.text, now + policy.parkMs);
    case 'unauthorised':
      return notNow(posting, 'pause', 'erp.unauthorised', answer.text, now + policy.parkMs);
  }
}

/** Surely not applied, and not by waiting. A document that was there before stays there, as it was. */
function rejected(posting: Posting, answer: Extract<Answer, { kind: 'rejected' }>, now: number, policy: PostingPolicy): Step {
  const { code, field, text } = answer;
  const state = posting.reference === undefined ? 'rejected' : 'posted';
  const says = field === undefined ? text : `${field}: ${text}`;
  // Sent again and refused: perhaps because the first one came to be there meanwhile. The recheck will see.
  const done = watched({ ...posting, state, leaseUntil: 0, sentAt: undefined, parked: false }, now, policy);
  if (!posting.request) return { posting: done, effects: [] };
  return {
    posting: done,
    effects: [
      conclude(posting.request, 'rejected', code, says),
      { kind: 'fail', disposition: 'reject', code, text, ...(field === undefined ? {} : { field }) },
    ],
  };
}

/**
 * There was nothing to change. The version counts all the same: an older state must not bring back what a newer one ended (I4). An upsert
 * that found no document is remembered, so that the document is created in its state when an `ensure` creates it later.
 */
function skipped(posting: Posting, text: string, now: number, policy: PostingPolicy): Step {
  const { request, reference } = posting;
  const foundNothing = reference === undefined && request?.protocol === 'versioned-upsert';
  const done: Posting = {
    ...withoutPosting(posting),
    ...(foundNothing ? { setAside: request } : {}),
    version: newer(posting.version, request?.version),
    appliedDigest: request?.digest,
  };
  return {
    posting: watched(done, now, policy),
    effects: request ? [conclude(request, 'skipped', foundNothing ? nothingToChangeCode : undefined, text), ...resumedEnsure(posting)] : [],
  };
}

/** A target that says to wait for longer is asked again all the same, ms. */
const longestThrottleMs = 600_000;

/** The target says when it takes more. Whoever waits for it, the message or the sweeper, waits as long as it said. */
function throttled(posting: Posting, answer: Extract<Answer, { kind: 'throttled' }>, now: number, policy: PostingPolicy): Step {
  const saidMs = Math.min(Math.max(answer.retryAfterMs, 0), longestThrottleMs);
  const retryAfterMs = Math.round(saidMs * (1 + spreadOf(posting.request?.requestId ?? '') / 4));
  const back = notNow(posting, 'retry', 'erp.throttled', answer.text, now + Math.max(retryAfterMs, policy.parkMs));
  return { ...back, effects: back.effects.map((effect) => (effect.kind === 'fail' ? { ...effect, retryAfterMs } : effect)) };
}

/** A number from 0 up to 1 that is always the same for the same text: there is no randomness here. */
function spreadOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_009;
  return hash / 1_009;
}

/** Surely not applied, may work later: no attempt is burnt. What the ledger took over waits there, anything else in Kafka. */
function notNow(posting: Posting, disposition: 'retry' | 'pause', code: string, text: string, notBefore: number): Step {
  const back: Posting = {
    ...posting,
    state: posting.parked ? 'waiting' : 'new',
    leaseUntil: 0,
    // This call was surely not applied; of an earlier one that is still not known, so the next one looks first (I3).
    sentAt: posting.resentAt === undefined ? undefined : posting.sentAt,
    attempts: posting.attempts - 1,
    notBefore: posting.parked ? notBefore : 0,
  };
  return { posting: back, effects: [{ kind: 'fail', disposition, code, text }] };
}
