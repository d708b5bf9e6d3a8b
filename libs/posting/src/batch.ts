/** A batch of saved documents (a cash group, for example) as the ledger keeps it. Times are milliseconds. */
export interface Batch {
  readonly state: 'open' | 'closing' | 'releasing' | 'released' | 'failed';
  readonly fence: number;
  readonly leaseUntil: number;
  /** Releases that were sent. */
  readonly attempts: number;
  /** Time of the release whose outcome is unknown; undefined when no release is open. */
  readonly sentAt: number | undefined;
  readonly notBefore: number;
  readonly documents: number;
  readonly openedAt: number;
  readonly lastDocumentAt: number;
  readonly text: string | undefined;
  /** Consecutive lookups that found the batch open since the last release without a known outcome. */
  readonly lookups?: number;
  /** An operator releases the batch, in the target or by an order. Until then its documents stay saved, and it is only looked up. */
  readonly byPerson?: boolean;
}

/** A batch without any document yet. */
export const newBatch: Batch = {
  state: 'open',
  fence: 0,
  leaseUntil: 0,
  attempts: 0,
  sentAt: undefined,
  notBefore: 0,
  documents: 0,
  openedAt: 0,
  lastDocumentAt: 0,
  text: undefined,
};

/** When a batch closes, and how its release is protected. */
export interface BatchPolicy {
  readonly maxDocuments: number;
  readonly idleMs: number;
  readonly maxAgeMs: number;
  readonly leaseMs: number;
  readonly settleMs: number;
  /** Wait after a release that did not succeed, ms. */
  readonly retryMs: number;
  /** Lookups that find the batch open, a settle delay apart, before it is released again. */
  readonly lookupsBeforeRelease: number;
  /** Releases that may be sent before the batch counts as failed. */
  readonly maxAttempts: number;
  /** Its documents are held when the outcome of a release is still unknown this long after it was sent, ms. */
  readonly heldAfterMs: number;
  /**
   * Its documents are held when the target is still posting the batch this long after the release was sent, ms. A slow release is never
   * sent again.
   */
  readonly stuckAfterMs: number;
  /** Shortest timeout of a lookup, ms. */
  readonly lookupMs: number;
}

/** Limits that erp-sink starts with; configuration may change them. */
export const defaultBatchPolicy: BatchPolicy = {
  maxDocuments: 200,
  idleMs: 5_000,
  maxAgeMs: 60_000,
  leaseMs: 40_000,
  settleMs: 5_000,
  retryMs: 10_000,
  lookupsBeforeRelease: 2,
  maxAttempts: 6,
  heldAfterMs: 40_000,
  stuckAfterMs: 600_000,
  lookupMs: 5_000,
};

/** An event of one batch. */
export type BatchInput =
  /**
   * A tick of the releaser. `unfinished`: postings of the batch that are claimed or whose outcome is unknown. `unreleased`: documents of a
   * released batch that were found after its release. `needed`: another posting waits for the release of one of its documents.
   */
  | { readonly kind: 'ticked'; readonly unfinished: number; readonly unreleased?: number; readonly needed?: boolean }
  /** An operator orders another release, after the cause of the failure was corrected or for a batch that waits for an operator. */
  | { readonly kind: 'ordered' }
  | {
      readonly kind: 'lookup-answered';
      readonly fence: number;
      readonly state: 'absent' | 'open' | 'posting' | 'posted' | 'failed';
      readonly text: string;
    }
  | { readonly kind: 'lookup-failed'; readonly fence: number; readonly text: string }
  | {
      readonly kind: 'answered';
      readonly fence: number;
      readonly answer:
        'posted' | 'updated' | 'rejected' | 'ambiguous' | 'skipped' | 'throttled' | 'conflict' | 'unavailable' | 'unauthorised' | 'unknown';
      readonly text: string;
    };

/**
 * `released`, `failed` and `unresolved` (a release was sent and its outcome is unknown) each give every document of the batch an outcome.
 */
export type BatchEffect =
  | { readonly kind: 'release' | 'released' | 'failed' | 'unresolved' | 'fenced' | 'order-refused' }
  /** Ask the target for the batch's state. No answer within `withinMs` is `lookup-failed`. */
  | { readonly kind: 'lookup'; readonly withinMs?: number };

/** Result of one step of a batch. */
export interface BatchStep {
  readonly batch: Batch;
  readonly effects: readonly BatchEffect[];
}

/** True when a batch may take one more document; only an open one does. */
export function takesDocuments(batch: Batch, now: number, policy: BatchPolicy): boolean {
  return batch.state === 'open' && batch.documents < policy.maxDocuments && now - batch.openedAt < policy.maxAgeMs;
}

/** One step of closing and releasing a batch, protected like a posting: a fence, a lease, and a lookup before a release is repeated (I3). */
export function stepBatch(batch: Batch, input: BatchInput, now: number, policy: BatchPolicy): BatchStep {
  if (input.kind === 'ticked') return ticked(batch, input, now, policy);
  if (input.kind === 'ordered') return ordered(batch, now);
  if (input.fence !== batch.fence || batch.leaseUntil === 0) return { batch, effects: [{ kind: 'fenced' }] };
  if (input.kind === 'lookup-failed') return lookupFailed(batch, input.text, now, policy);
  if (input.kind === 'lookup-answered') return lookupAnswered(batch, input.state, input.text, now, policy);
  switch (input.answer) {
    case 'posted':
    case 'updated':
    case 'skipped':
      return released(batch);
    case 'rejected':
    case 'ambiguous':
      return failed(batch, input.text, now, policy);
    case 'unknown':
      return { batch: { ...retryLater(batch, input.text, now, policy), lookups: 0, notBefore: now + policy.settleMs }, effects: [] };
    default:
      return { batch: { ...retryLater(batch, input.text, now, policy), sentAt: undefined, attempts: batch.attempts - 1 }, effects: [] };
  }
}

function ticked(batch: Batch, input: Extract<BatchInput, { kind: 'ticked' }>, now: number, policy: BatchPolicy): BatchStep {
  const { unfinished, unreleased = 0, needed = false } = input;
  const nothing: BatchStep = { batch, effects: [] };
  if (batch.leaseUntil > now || batch.notBefore > now) return nothing;
  if (batch.state === 'released' && unreleased === 0) return nothing;
  const idle = now - batch.lastDocumentAt >= policy.idleMs;
  if (batch.state === 'open' && !idle && !needed && takesDocuments(batch, now, policy)) return nothing;
  const closing: Batch = batch.state === 'open' ? { ...batch, state: 'closing' } : batch;
  if (unfinished > 0) return { batch: closing, effects: [] };
  const claimed: Batch = { ...closing, fence: batch.fence + 1 };
  // A failed batch is fixed in the ERP by an operator, so it is only looked up. After an unanswered release: look, then release. For a
  // document that was found late, only the ERP knows whether it was released with the others.
  if (batch.state === 'failed' || batch.state === 'released' || batch.sentAt !== undefined || batch.byPerson)
    return requestLookup(claimed, now, policy);
  return release(claimed, now, policy);
}

/** A lookup writes nothing, so its lease need not cover a full call. */
function requestLookup(batch: Batch, now: number, { lookupMs, leaseMs, heldAfterMs }: BatchPolicy): BatchStep {
  const withinMs = Math.max(lookupMs, (batch.sentAt ?? now) + heldAfterMs - now);
  return { batch: { ...batch, leaseUntil: now + Math.min(leaseMs, withinMs + lookupMs) }, effects: [{ kind: 'lookup', withinMs }] };
}

/** The target did not answer. The batch is looked up until it does; after `heldAfterMs` its documents are held meanwhile. */
function lookupFailed(batch: Batch, text: string, now: number, policy: BatchPolicy): BatchStep {
  return unresolvedAfter(batch, policy.heldAfterMs, text, now, policy);
}

/**
 * Retries later. Once the release has been unresolved for `ms`, the documents of the batch are held, with what is known: once, and again when
 * the target tells that it is stuck.
 */
function unresolvedAfter(batch: Batch, ms: number, text: string, now: number, policy: BatchPolicy, told = unresolvedText): BatchStep {
  const isTold = batch.text === unresolvedText || batch.text === stuckText;
  const unresolved = batch.sentAt !== undefined && batch.state === 'releasing' && now - batch.sentAt >= ms;
  if (!unresolved) return { batch: retryLater(batch, isTold ? (batch.text ?? text) : text, now, policy), effects: [] };
  if (batch.text === told || batch.text === stuckText) return { batch: retryLater(batch, batch.text, now, policy), effects: [] };
  return { batch: retryLater(batch, told, now, policy), effects: [{ kind: 'unresolved' }] };
}

const unresolvedText = 'batch release sent, result unknown';
const stuckText =
  'the target is still posting it, and its release is never sent again. See in the target why it does not end; finish it there, or set it back so that it can be released: it goes on by itself';

/**
 * Applies an operator's order. The release failed with a definite answer, or none was sent, so nothing is in flight: attempts are counted
 * anew.
 */
function ordered(batch: Batch, now: number): BatchStep {
  const isWaiting = batch.state === 'closing' && batch.byPerson === true;
  if (!(batch.state === 'failed' || isWaiting) || batch.leaseUntil > now) return { batch, effects: [{ kind: 'order-refused' }] };
  const restarted: Batch = {
    ...batch,
    state: 'closing',
    byPerson: false,
    sentAt: undefined,
    attempts: 0,
    lookups: 0,
    leaseUntil: 0,
    notBefore: 0,
    text: undefined,
  };
  return { batch: restarted, effects: [] };
}

function lookupAnswered(
  batch: Batch,
  state: Extract<BatchInput, { kind: 'lookup-answered' }>['state'],
  text: string,
  now: number,
  policy: BatchPolicy,
): BatchStep {
  if (state === 'posted') return released(batch);
  if (state === 'failed') return failed(batch, text, now, policy);
  if (state === 'absent')
    return failed(batch, 'the batch no longer exists in the target, and its documents were not released', now, policy);
  if (state === 'posting') return unresolvedAfter(batch, policy.stuckAfterMs, text, now, policy, stuckText);
  if (batch.state === 'failed' || batch.byPerson) return { batch: retryLater(batch, text, now, policy), effects: [] };
  // I3: the target may still be releasing. Look again after the settle delay before anything is sent again.
  const lookups = (batch.lookups ?? 0) + 1;
  if (lookups < policy.lookupsBeforeRelease)
    return { batch: { ...retryLater(batch, text, now, policy), lookups, notBefore: now + policy.settleMs }, effects: [] };
  return release({ ...batch, sentAt: undefined }, now, policy);
}

function release(batch: Batch, now: number, policy: BatchPolicy): BatchStep {
  if (batch.attempts >= policy.maxAttempts) return failed(batch, `not released after ${batch.attempts} attempts`, now, policy);
  const sent: Batch = {
    ...batch,
    state: 'releasing',
    attempts: batch.attempts + 1,
    lookups: 0,
    sentAt: now,
    leaseUntil: now + policy.leaseMs,
  };
  return { batch: sent, effects: [{ kind: 'release' }] };
}

function released(batch: Batch): BatchStep {
  return {
    batch: { ...batch, state: 'released', leaseUntil: 0, sentAt: undefined, lookups: 0, text: undefined },
    effects: [{ kind: 'released' }],
  };
}

function failed(batch: Batch, text: string, now: number, policy: BatchPolicy): BatchStep {
  const isRecorded = batch.state === 'failed' && batch.text === text;
  const next: Batch = { ...retryLater(batch, text, now, policy), state: 'failed' };
  return { batch: next, effects: isRecorded ? [] : [{ kind: 'failed' }] };
}

function retryLater(batch: Batch, text: string, now: number, policy: BatchPolicy): Batch {
  return { ...batch, leaseUntil: 0, notBefore: now + policy.retryMs, text };
}

const prefixes = 'STUVWXYZABCDEFGHIJKLMNOPQR';
const perPrefix = 36 * 36;

/**
 * Id of the n-th batch of a day: `S` + yymmdd + two characters of base 36. Nine characters, because no known target has a shorter limit for
 * batch ids. After 1,296 batches the next first letter is used: 33,696 a day.
 * @param date `YYYY-MM-DD`.
 * @param sequence from 0.
 * @throws {RangeError} for a sequence beyond that, or a malformed date.
 */
export function batchIdOf(date: string, sequence: number): string {
  const prefix = prefixes[Math.floor(sequence / perPrefix)];
  if (prefix === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new RangeError(`naming batch ${sequence} of "${date}": there is no such id`);
  return `${prefix}${date.slice(2).replaceAll('-', '')}${(sequence % perPrefix).toString(36).toUpperCase().padStart(2, '0')}`;
}
