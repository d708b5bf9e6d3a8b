import { conclude, held, look, newer, succeeded } from './moves.js';
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
      return notNow(posting, 'retry', 'erp.throttled', answer.text, now + Math.max(answer.retryAfterMs, policy.parkMs));
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

/** There was nothing to do. The version counts all the same: an older state must not bring back what a newer one ended (I4). */
function skipped(posting: Posting, text: string, now: number, policy: PostingPolicy): Step {
  const done: Posting = {
    ...posting,
    state: posting.reference === undefined ? 'skipped' : 'posted',
    leaseUntil: 0,
    sentAt: undefined,
    parked: false,
    version: newer(posting.version, posting.request?.version),
    appliedDigest: posting.request?.digest,
  };
  return { posting: watched(done, now, policy), effects: posting.request ? [conclude(posting.request, 'skipped', undefined, text)] : [] };
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
