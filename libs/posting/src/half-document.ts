import { conclude } from './effects.js';
import { holdPosting, post, requestLookup } from './transitions.js';
import type { Answer, HalfDocument, Posting, PostingPolicy, PostingRequest, Reference, Step } from './types.js';

/** Code of a posting whose document lacks lines in the target and that we can neither finish nor delete. */
export const halfDoneCode = 'posting.half-done';

/** Why a half document is deleted: the refusal that its request ends with. */
type Refusal = NonNullable<Posting['discarding']>;

/**
 * The target stored the header and some lines. The document is looked up before the missing lines are sent, because more lines may be
 * stored than the answer names (I3).
 */
export function applyPartial(posting: Posting, answer: Extract<Answer, { kind: 'partial' }>, now: number, policy: PostingPolicy): Step {
  const { code, text } = answer;
  // The missing lines were sent once already, and the target refused them again.
  if (posting.half !== undefined) return discard(posting, { code, text }, now, policy);
  const half = halfOf(posting, answer.reference, answer.missing);
  return requestLookup({ ...posting, state: 'unknown', lookups: 0, half }, policy.settleMs, now, policy);
}

/**
 * A lookup found the document without some of its lines. It is looked up again after the settle delay, because those lines may still
 * commit. Then the missing lines are sent, by their handles. Lines of another content are never added.
 */
export function halfFound(posting: Posting, reference: Reference, missing: readonly string[], now: number, policy: PostingPolicy): Step {
  const lookups = posting.lookups + 1;
  const half = { ...halfOf(posting, reference, missing), digest: posting.half?.digest ?? posting.request?.digest ?? '' };
  if (lookups < policy.lookupsBeforePost) return requestLookup({ ...posting, lookups, half }, policy.settleMs, now, policy);
  const found: Posting = { ...posting, lookups, half };
  if (posting.discarding !== undefined) return discard(found, posting.discarding, now, policy);
  if (half.digest !== posting.request?.digest) {
    const text = `${nameOf(reference)} was made of an earlier content of this request and lacks lines; it is deleted first: replay once more`;
    return discard(found, { code: halfDoneCode, text }, now, policy);
  }
  return post(found, now, policy);
}

/**
 * The document that an unanswered call may have stored in part, when a request of other content takes the posting over. Only the digest of
 * its content is known, and its lines are never mixed with those of the request (I11). undefined: no such call is open.
 */
export function sentOfOtherContent({ sentAt, reference, request: sent }: Posting, request: PostingRequest): HalfDocument | undefined {
  if (sentAt === undefined || reference !== undefined || sent === undefined || sent.digest === request.digest) return undefined;
  if (sent.protocol === 'versioned-upsert' || request.protocol === 'versioned-upsert') return undefined;
  return { reference: {}, missing: [], digest: sent.digest };
}

/**
 * Missing lines of a half document that was made of another content. It stays incomplete even if it has all lines of the current request.
 */
export function lackingOfOtherContent({ half, request }: Posting): readonly string[] {
  return half !== undefined && half.digest !== request?.digest ? half.missing : [];
}

/** The target refused the missing lines of a half document. */
export function finishRefused(posting: Posting, { code, field, text }: Refusal, now: number, policy: PostingPolicy): Step {
  return discard(posting, { code, text, ...(field === undefined ? {} : { field }) }, now, policy);
}

/** Deletes the half document, if the target supports that. The ledger records the deletion before the call, as for a post. */
function discard(posting: Posting, refusal: Refusal, now: number, policy: PostingPolicy): Step {
  const { half, attempts } = posting;
  const there = half ? nameOf(half.reference) : 'it';
  const missing = half?.missing.join(', ') ?? '';
  if (!policy.canDiscard || attempts > policy.maxAttempts)
    return holdHalf(
      posting,
      `${refusal.text}; ${there} is in the target without its lines ${missing}. Complete or delete it there; its batch is not released before`,
      now,
      policy,
    );
  const sent: Posting = {
    ...posting,
    state: 'claimed',
    discarding: refusal,
    lookups: 0,
    attempts: attempts + 1,
    sentAt: now,
    leaseUntil: now + policy.leaseMs,
  };
  return { posting: sent, effects: [{ kind: 'discard', reference: half?.reference ?? {} }] };
}

/** Applies the target's answer to the deletion. */
export function applyDiscardAnswer(posting: Posting, answer: Answer, now: number, policy: PostingPolicy): Step {
  switch (answer.kind) {
    case 'posted':
    case 'updated':
    case 'skipped':
      return discarded(posting);
    case 'unknown':
    case 'partial':
      return requestLookup({ ...posting, state: 'unknown', lookups: 0 }, policy.settleMs, now, policy);
    case 'rejected':
    case 'ambiguous':
      return holdHalf(posting, `it could not be deleted: ${answer.text}`, now, policy);
    default:
      // Certainly not deleted: the next claim looks the document up and deletes it again.
      return requestLookup({ ...posting, state: 'unknown', lookups: 0 }, policy.resumeDelayMs, now, policy);
  }
}

/** The half document is gone: the request ends with the refusal that it was deleted for. */
export function discarded(posting: Posting): Step {
  const { request, discarding } = posting;
  const refusal = discarding ?? { code: halfDoneCode, text: 'deleted' };
  const done: Posting = {
    ...posting,
    state: 'rejected',
    leaseUntil: 0,
    sentAt: undefined,
    storedInLedger: false,
    half: undefined,
    discarding: undefined,
  };
  if (!request) return { posting: done, effects: [] };
  const { code, field, text } = refusal;
  const said = `${field === undefined ? '' : `${field}: `}${text} (what was stored of the document is deleted)`;
  return {
    posting: done,
    effects: [conclude(request, 'rejected', code, said), { kind: 'fail', disposition: 'reject', ...refusal, text: said }],
  };
}

function holdHalf(posting: Posting, text: string, now: number, policy: PostingPolicy): Step {
  return holdPosting({ ...posting, sentAt: undefined, discarding: undefined }, halfDoneCode, text, now, policy);
}

function halfOf({ request, half }: Posting, reference: Reference, missing: readonly string[]): HalfDocument {
  return { reference, missing, digest: half?.digest ?? request?.digest ?? '' };
}

function nameOf(reference: Reference): string {
  return Object.entries(reference)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
