/** A batch of saved documents (a Kinetic cash group) as the ledger knows it. Times are milliseconds. */
export interface Batch {
  readonly state: 'open' | 'closing' | 'releasing' | 'released' | 'failed';
  readonly fence: number;
  readonly leaseUntil: number;
  /** Releases that were sent. */
  readonly attempts: number;
  /** A release was sent and its end is not known. */
  readonly sentAt: number | undefined;
  readonly notBefore: number;
  readonly documents: number;
  readonly openedAt: number;
  readonly lastDocumentAt: number;
  readonly text: string | undefined;
  /** Looks in a row that found it open since the last release whose end is not known. */
  readonly looks?: number;
}

export interface BatchPolicy {
  readonly maxDocuments: number;
  readonly idleMs: number;
  readonly maxAgeMs: number;
  readonly leaseMs: number;
  readonly settleMs: number;
  /** How long a batch that could not be released is left alone, ms. */
  readonly retryMs: number;
  /** Looks that find it open, a settle delay apart, before it is released again. */
  readonly looksBeforeRelease: number;
  /** Releases that may be sent before a person is asked. */
  readonly maxAttempts: number;
  /** Its documents are held when the end of a release is not known this long after it was sent, ms. */
  readonly heldAfterMs: number;
  /** What a look gets at least, ms. */
  readonly lookMs: number;
}

export const defaultBatchPolicy: BatchPolicy = {
  maxDocuments: 200,
  idleMs: 5_000,
  maxAgeMs: 60_000,
  leaseMs: 40_000,
  settleMs: 5_000,
  retryMs: 10_000,
  looksBeforeRelease: 2,
  maxAttempts: 6,
  heldAfterMs: 40_000,
  lookMs: 5_000,
};

export type BatchInput =
  /**
   * A tick of the releaser. `unfinished`: postings of the batch that are claimed or whose end is unknown. `unreleased`: documents of a
   * released batch that came to light after its release.
   */
  | { readonly kind: 'ticked'; readonly unfinished: number; readonly unreleased?: number }
  /** A person mended what a batch failed of and wants it released again. */
  | { readonly kind: 'ordered' }
  | {
      readonly kind: 'looked';
      readonly fence: number;
      readonly state: 'absent' | 'open' | 'posting' | 'posted' | 'failed';
      readonly text: string;
    }
  | { readonly kind: 'silent'; readonly fence: number; readonly text: string }
  | {
      readonly kind: 'answered';
      readonly fence: number;
      readonly answer:
        'posted' | 'updated' | 'rejected' | 'ambiguous' | 'skipped' | 'throttled' | 'conflict' | 'unavailable' | 'unauthorised' | 'unknown';
      readonly text: string;
    };

/** `released`, `failed`, `unresolved` (a release was sent and its end is not known): tell it of every document. */
export type BatchEffect =
  | { readonly kind: 'release' | 'released' | 'failed' | 'unresolved' | 'refused' }
  /** No answer within that is silence. */
  | { readonly kind: 'look'; readonly withinMs?: number };

export interface BatchStep {
  readonly batch: Batch;
  readonly effects: readonly BatchEffect[];
}

/** Whether a batch may take one more document. A batch that is not open never does. */
export function takesDocuments(batch: Batch, now: number, policy: BatchPolicy): boolean {
  return batch.state === 'open' && batch.documents < policy.maxDocuments && now - batch.openedAt < policy.maxAgeMs;
}

/** Closing and releasing a batch: the same protection as posting: a fence, a lease, and a look after silence (I3). */
export function stepBatch(batch: Batch, input: BatchInput, now: number, policy: BatchPolicy): BatchStep {
  if (input.kind === 'ticked') return ticked(batch, input, now, policy);
  if (input.kind === 'ordered') return ordered(batch, now);
  if (input.fence !== batch.fence || batch.leaseUntil === 0) return { batch, effects: [{ kind: 'refused' }] };
  if (input.kind === 'silent') return silent(batch, input.text, now, policy);
  if (input.kind === 'looked') return looked(batch, input.state, input.text, now, policy);
  switch (input.answer) {
    case 'posted':
    case 'updated':
    case 'skipped':
      return released(batch);
    case 'rejected':
    case 'ambiguous':
      return failed(batch, input.text, now, policy);
    case 'unknown':
      return { batch: { ...later(batch, input.text, now, policy), looks: 0, notBefore: now + policy.settleMs }, effects: [] };
    default:
      return { batch: { ...later(batch, input.text, now, policy), sentAt: undefined, attempts: batch.attempts - 1 }, effects: [] };
  }
}

function ticked(batch: Batch, input: Extract<BatchInput, { kind: 'ticked' }>, now: number, policy: BatchPolicy): BatchStep {
  const { unfinished, unreleased = 0 } = input;
  const nothing: BatchStep = { batch, effects: [] };
  if (batch.leaseUntil > now || batch.notBefore > now) return nothing;
  if (batch.state === 'released' && unreleased === 0) return nothing;
  const idle = now - batch.lastDocumentAt >= policy.idleMs;
  if (batch.state === 'open' && !idle && takesDocuments(batch, now, policy)) return nothing;
  const closing: Batch = batch.state === 'open' ? { ...batch, state: 'closing' } : batch;
  if (unfinished > 0) return { batch: closing, effects: [] };
  const claimed: Batch = { ...closing, fence: batch.fence + 1 };
  // A failed batch is mended in the ERP by a person: only looked at. After silence: look, then release. Whether a document that came late
  // is in the ERP's ledger, too, the ERP knows.
  if (batch.state === 'failed' || batch.state === 'released' || batch.sentAt !== undefined) return look(claimed, now, policy);
  return release(claimed, now, policy);
}

/** A lease for a look only: who looks sends nothing. */
function look(batch: Batch, now: number, { lookMs, leaseMs, heldAfterMs }: BatchPolicy): BatchStep {
  const withinMs = Math.max(lookMs, (batch.sentAt ?? now) + heldAfterMs - now);
  return { batch: { ...batch, leaseUntil: now + Math.min(leaseMs, withinMs + lookMs) }, effects: [{ kind: 'look', withinMs }] };
}

/** The batch is asked for again and again; its documents are held meanwhile (nobody knows whether they are in the ledger). */
function silent(batch: Batch, text: string, now: number, policy: BatchPolicy): BatchStep {
  const unresolved = batch.sentAt !== undefined && batch.state === 'releasing' && now - batch.sentAt >= policy.heldAfterMs;
  if (!unresolved) return { batch: later(batch, batch.text === unresolvedText ? unresolvedText : text, now, policy), effects: [] };
  const told = batch.text === unresolvedText;
  return { batch: later(batch, unresolvedText, now, policy), effects: told ? [] : [{ kind: 'unresolved' }] };
}

const unresolvedText = 'its release was sent, and whether it was done cannot be found out';

/** What it failed of was a definite answer, so nothing is open: it is released as if for the first time. */
function ordered(batch: Batch, now: number): BatchStep {
  if (batch.state !== 'failed' || batch.leaseUntil > now) return { batch, effects: [{ kind: 'refused' }] };
  const again: Batch = {
    ...batch,
    state: 'closing',
    sentAt: undefined,
    attempts: 0,
    looks: 0,
    leaseUntil: 0,
    notBefore: 0,
    text: undefined,
  };
  return { batch: again, effects: [] };
}

function looked(
  batch: Batch,
  state: Extract<BatchInput, { kind: 'looked' }>['state'],
  text: string,
  now: number,
  policy: BatchPolicy,
): BatchStep {
  if (state === 'posted') return released(batch);
  if (state === 'failed') return failed(batch, text, now, policy);
  if (state === 'absent') return failed(batch, 'the batch is not there any more and its documents were not released', now, policy);
  if (state === 'posting' || batch.state === 'failed') return { batch: later(batch, text, now, policy), effects: [] };
  // I3: the target may still be at it, so it is asked again after a while before anything is sent again.
  const looks = (batch.looks ?? 0) + 1;
  if (looks < policy.looksBeforeRelease)
    return { batch: { ...later(batch, text, now, policy), looks, notBefore: now + policy.settleMs }, effects: [] };
  return release({ ...batch, sentAt: undefined }, now, policy);
}

function release(batch: Batch, now: number, policy: BatchPolicy): BatchStep {
  if (batch.attempts >= policy.maxAttempts) return failed(batch, `not released after ${batch.attempts} attempts`, now, policy);
  const sent: Batch = {
    ...batch,
    state: 'releasing',
    attempts: batch.attempts + 1,
    looks: 0,
    sentAt: now,
    leaseUntil: now + policy.leaseMs,
  };
  return { batch: sent, effects: [{ kind: 'release' }] };
}

function released(batch: Batch): BatchStep {
  return {
    batch: { ...batch, state: 'released', leaseUntil: 0, sentAt: undefined, looks: 0, text: undefined },
    effects: [{ kind: 'released' }],
  };
}

function failed(batch: Batch, text: string, now: number, policy: BatchPolicy): BatchStep {
  const told = batch.state === 'failed' && batch.text === text;
  const next: Batch = { ...later(batch, text, now, policy), state: 'failed' };
  return { batch: next, effects: told ? [] : [{ kind: 'failed' }] };
}

function later(batch: Batch, text: string, now: number, policy: BatchPolicy): Batch {
  return { ...batch, leaseUntil: 0, notBefore: now + policy.retryMs, text };
}

const prefixes = 'STUVWXYZABCDEFGHIJKLMNOPQR';
const perPrefix = 36 * 36;

/**
 * Id of the n-th batch of a day: `S` + yymmdd + two characters of base 36, so nine characters, which is what a Kinetic GroupID
 * holds (docs/reference/epicor-kinetic.md section 4.4). After 1,296 batches the first letter goes on: 33,696 a day.
 * @param date `YYYY-MM-DD`. @param sequence from 0.
 * @throws {RangeError} beyond that.
 */
export function batchIdOf(date: string, sequence: number): string {
  const prefix = prefixes[Math.floor(sequence / perPrefix)];
  if (prefix === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new RangeError(`naming batch ${sequence} of "${date}": no such name`);
  return `${prefix}${date.slice(2).replaceAll('-', '')}${(sequence % perPrefix).toString(36).toUpperCase().padStart(2, '0')}`;
}
