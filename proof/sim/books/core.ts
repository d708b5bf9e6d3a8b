import { defaultBatchPolicy, defaultPostingPolicy, prerequisitesOf, step, stepBatch } from '@tributary/posting';
import type { BatchPolicy, PostingPolicy, Prerequisites } from '@tributary/posting';
import { loadSinkSteps } from '../../books/sink-steps.js';
import type { SinkSteps } from '../../books/sink-steps.js';

/** Longest call of the simulated connector, ms. */
export const longestCallMs = 30_000;
/** How long after a call was given up the ERP may still commit it, ms. */
export const settleMs = 2_000;
const leaseMs = longestCallMs + 5_000;

/** What a mutant may leave out or change besides the functions of the core. */
export interface Duties {
  /** A batch is released only when no document of it is unfinished. */
  readonly releaseWaitsForUnfinished: boolean;
  /** A need `released` counts as met only when the document is released. */
  readonly readsReleased: boolean;
  /** The lines that are missing are sent, not the whole document. */
  readonly finishSendsMissing: boolean;
  /** What a lookup found is compared with the lines that were asked for. */
  readonly comparesLines: boolean;
  /** The step is in the ledger before it is acted on. */
  readonly writesBeforeCall: boolean;
  /** Nothing is sent unless the lease outlives the call. */
  readonly leaseBeforeCall: boolean;
  /** Who waits for a document goes on when it is saved or released. */
  readonly resumesWaiters: boolean;
  /** The effect is checked before the document is sent. */
  readonly checksEffect: boolean;
  /** The date is looked up among the fiscal periods before the call. */
  readonly readsPeriods: boolean;
  /** A batch whose id comes with the save is released under a claim of its own. */
  readonly claimsAssigned: boolean;
  /** Only what is not released is deleted. */
  readonly discardsOnlySaved: boolean;
}

/** How the flows of the story make requests; a mutant is a flow that is wrong. */
export interface Flows {
  /** A refund of an invoiced sale pays out what its memo gives back. */
  readonly memoHasPayment: boolean;
  /** An application waits until both of its documents are released. */
  readonly applicationNeedsReleased: boolean;
  /** The fee of a payment is booked by the journal of its payout alone. */
  readonly feeHasOneOwner: boolean;
  /** What undoes a document needs that document. */
  readonly undoNeedsDone: boolean;
  /** Debits equal credits. */
  readonly entriesBalance: boolean;
}

/** What is under test: the functions that erp-sink runs, by reference, and the duties of its simulation. */
export interface BooksCore {
  readonly step: typeof step;
  readonly stepBatch: typeof stepBatch;
  readonly prerequisitesOf: (...of: Parameters<typeof prerequisitesOf>) => Pick<Prerequisites, 'missing' | 'neverAsked'>;
  readonly postingDateFor: SinkSteps['postingDateFor'];
  readonly posting: PostingPolicy;
  readonly batch: BatchPolicy;
  readonly duties: Duties;
  readonly flows: Flows;
}

/** The core as it is shipped, with the decisions of erp-sink from its build. */
export async function shippedBooksCore(): Promise<BooksCore> {
  const { postingDateFor } = await loadSinkSteps();
  return {
    step,
    stepBatch,
    prerequisitesOf,
    postingDateFor,
    posting: { ...defaultPostingPolicy, leaseMs: leaseMs + settleMs, settleMs, canDiscard: true },
    batch: { ...defaultBatchPolicy, leaseMs, settleMs },
    duties: {
      releaseWaitsForUnfinished: true,
      readsReleased: true,
      finishSendsMissing: true,
      comparesLines: true,
      writesBeforeCall: true,
      leaseBeforeCall: true,
      resumesWaiters: true,
      checksEffect: true,
      readsPeriods: true,
      claimsAssigned: true,
      discardsOnlySaved: true,
    },
    flows: { memoHasPayment: true, applicationNeedsReleased: true, feeHasOneOwner: true, undoNeedsDone: true, entriesBalance: true },
  };
}
