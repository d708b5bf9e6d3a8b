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
}

export interface BatchPolicy {
  readonly maxDocuments: number;
  readonly idleMs: number;
  readonly maxAgeMs: number;
  readonly leaseMs: number;
  readonly settleMs: number;
  /** How long a batch that could not be released is left alone, ms. */
  readonly retryMs: number;
}

export const defaultBatchPolicy: BatchPolicy = {
  maxDocuments: 200,
  idleMs: 5_000,
  maxAgeMs: 60_000,
  leaseMs: 95_000,
  settleMs: 2_000,
  retryMs: 10_000,
};

export type BatchInput =
  /** A tick of the releaser. `unfinished`: postings of the batch that are claimed or whose end is unknown. */
  | { readonly kind: 'ticked'; readonly unfinished: number }
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

/** `released` and `failed`: tell it of every document. */
export type BatchEffect = { readonly kind: 'look' | 'release' | 'released' | 'failed' | 'refused' };

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
  if (input.kind === 'ticked') return ticked(batch, input.unfinished, now, policy);
  if (input.fence !== batch.fence || batch.leaseUntil === 0) return { batch, effects: [{ kind: 'refused' }] };
  if (input.kind === 'silent') return { batch: later(batch, input.text, now, policy), effects: [] };
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
      return { batch: { ...later(batch, input.text, now, policy), notBefore: now + policy.settleMs }, effects: [] };
    default:
      return { batch: { ...later(batch, input.text, now, policy), sentAt: undefined, attempts: batch.attempts - 1 }, effects: [] };
  }
}

function ticked(batch: Batch, unfinished: number, now: number, policy: BatchPolicy): BatchStep {
  const nothing: BatchStep = { batch, effects: [] };
  if (batch.state === 'released' || batch.leaseUntil > now || batch.notBefore > now) return nothing;
  const idle = now - batch.lastDocumentAt >= policy.idleMs;
  if (batch.state === 'open' && !idle && takesDocuments(batch, now, policy)) return nothing;
  const closing: Batch = batch.state === 'open' ? { ...batch, state: 'closing' } : batch;
  if (unfinished > 0) return { batch: closing, effects: [] };
  const claimed: Batch = { ...closing, fence: batch.fence + 1, leaseUntil: now + policy.leaseMs };
  // A failed batch is mended in the ERP by a person: only looked at. After silence: look, then release.
  if (batch.state === 'failed' || batch.sentAt !== undefined) return { batch: claimed, effects: [{ kind: 'look' }] };
  return release(claimed, now, policy);
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
  return release({ ...batch, sentAt: undefined }, now, policy);
}

function release(batch: Batch, now: number, policy: BatchPolicy): BatchStep {
  const sent: Batch = { ...batch, state: 'releasing', attempts: batch.attempts + 1, sentAt: now, leaseUntil: now + policy.leaseMs };
  return { batch: sent, effects: [{ kind: 'release' }] };
}

function released(batch: Batch): BatchStep {
  return { batch: { ...batch, state: 'released', leaseUntil: 0, sentAt: undefined, text: undefined }, effects: [{ kind: 'released' }] };
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
