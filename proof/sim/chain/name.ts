import type { Batch, Posting } from '@tributary/posting';
import { chainBatchPolicy, chainPolicy, now } from './core.js';
import type { BatchState, ChainState, DocumentState, WorkerState } from './state.js';

const oldest = now - chainPolicy.heldAfterMs - 1;

/** The state one tick later. Times far in the past become one value: the protocol treats them alike. */
export function aged(state: ChainState): ChainState {
  return {
    ...state,
    documents: state.documents.map((one) => ({ ...one, posting: agedPosting(one.posting) })),
    batches: state.batches.map((one) => ({ ...one, batch: agedBatch(one.batch) })),
    workers: state.workers.map((one) =>
      one.doing === 'idle' ? one : { ...one, ticks: Math.max(0, one.ticks - 1), lease: Math.max(0, one.lease - 1) },
    ),
    late: state.late.map((one) => ({ ...one, within: one.within - 1 })),
  };
}

function agedPosting(posting: Posting): Posting {
  const { leaseUntil, sentAt, notBefore, resentAt, recheckAt } = posting;
  return {
    ...posting,
    leaseUntil: leaseUntil === 0 ? 0 : Math.max(now - 1, leaseUntil - 1),
    sentAt: sentAt === undefined ? undefined : Math.max(oldest, sentAt - 1),
    notBefore: notBefore <= now ? 0 : notBefore - 1,
    resentAt: resentAt === undefined ? undefined : Math.max(oldest, resentAt - 1),
    recheckAt: recheckAt === undefined ? undefined : Math.max(now, recheckAt - 1),
  };
}

function agedBatch(batch: Batch): Batch {
  const { leaseUntil, sentAt, notBefore, openedAt, lastDocumentAt } = batch;
  return {
    ...batch,
    leaseUntil: leaseUntil === 0 ? 0 : Math.max(now - 1, leaseUntil - 1),
    sentAt: sentAt === undefined ? undefined : Math.max(oldest, sentAt - 1),
    notBefore: notBefore <= now ? 0 : notBefore - 1,
    openedAt: Math.max(now - chainBatchPolicy.maxAgeMs, openedAt - 1),
    lastDocumentAt: Math.max(now - chainBatchPolicy.idleMs, lastDocumentAt - 1),
  };
}

/** Name of a state, the same for states that differ only in the order of workers. Fence tokens grow without end and are left out. */
export function nameOfChain(state: ChainState): string {
  const { documents, batches, late, faults } = state;
  const workers = state.workers.map((worker) => workerName(worker, state)).sort();
  return JSON.stringify([
    faults,
    documents.map(documentName),
    batches.map(batchName),
    workers,
    late.map((one) => JSON.stringify(one)).sort(),
  ]);
}

function documentName({ posting, batch, released, todo, outcome, rows }: DocumentState): unknown[] {
  const { state, leaseUntil, attempts, lookups, sentAt, storedInLedger, notBefore, request, reference, half, discarding } = posting;
  return [
    [state, leaseUntil, attempts, lookups, sentAt, storedInLedger, notBefore, request !== undefined, reference !== undefined],
    [
      half?.missing,
      discarding !== undefined,
      posting.waitingOn,
      posting.resentAt,
      posting.recheckAt,
      posting.rechecks,
      posting.hasDuplicate,
    ],
    [batch, released, todo, outcome],
    rows.map((row) => [row.lines, row.batch, row.released]),
  ];
}

function batchName({ id, batch, known, erp }: BatchState): unknown[] {
  const { state, leaseUntil, attempts, sentAt, notBefore, documents, openedAt, lastDocumentAt, text, lookups = 0 } = batch;
  const isOpen = state === 'open';
  return [id, known, erp, state, leaseUntil, attempts, sentAt, notBefore, isOpen && [documents, openedAt, lastDocumentAt], text, lookups];
}

function workerName(worker: WorkerState, { documents, batches }: ChainState): string {
  if (worker.doing === 'idle') return '';
  const { doing, call, document, batch, missing, ticks, lease, resumed, asleep, answer } = worker;
  const current = batch === '' ? documents[document]?.posting.fence : batches.find(({ id }) => id === batch)?.batch.fence;
  const behind = Math.min(1, (current ?? 0) - worker.fence);
  return JSON.stringify([doing, call, document, batch, behind, missing, ticks, lease, resumed, asleep, { ...answer, fence: 0 }]);
}
