import { defaultBatchPolicy, defaultPostingPolicy, prerequisitesOf, step, stepBatch } from '@tributary/posting';
import type { BatchPolicy, PostingPolicy, Prerequisites } from '@tributary/posting';
import { loadAnswerDesk } from './answer-steps.js';
import type { AnswerDesk } from './answer-steps.js';
import { loadSinkSteps } from '../../books/sink-steps.js';
import type { SinkSteps } from '../../books/sink-steps.js';

/** How long after a call was given up the ERP may still commit it, ms. */
export const settleMs = 2_000;
/**
 * What a person may be told late, ms, beyond lease and "held after" of the target: a worker that is suspended before its call (90 s), the
 * message that comes again, and lookups that end at their limit.
 */
export const heldSlackMs = 120_000;

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
  /** Who finishes or deletes by number compares the posting key: the number may belong to another document by now. */
  readonly comparesKeyOfNumber: boolean;
  /** Who finds by a short key compares the field that has the whole key. */
  readonly comparesSecondField: boolean;
  /** The ledger of postings keeps whole keys. */
  readonly keepsWholeKey: boolean;
  /** Leases follow the longest call of the target. */
  readonly leasePerTarget: boolean;
  /** The batch of a document is recorded also when a lookup found the document. */
  readonly recordsBatchOfFound: boolean;
  /** Route reads an answer under the code of its question. */
  readonly answersByQuestion: boolean;
  /** Recon refuses an order about a dead letter that is not open. */
  readonly refusesClosedLetters: boolean;
  /** What is given back has the answers that were given before, too. */
  readonly keepsEarlierAnswers: boolean;
  /** A required read without an answer is made again, and not taken for "nothing there". */
  readonly silenceIsRetried: boolean;
  /** What is still without an answer after the quick retries waits on the ladder. */
  readonly climbsLadder: boolean;
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
  readonly policiesOf: SinkSteps['policiesOf'];
  readonly answers: AnswerDesk;
  readonly posting: PostingPolicy;
  readonly batch: BatchPolicy;
  readonly duties: Duties;
  readonly flows: Flows;
}

/** The core as it is shipped, with the decisions of erp-sink from its build. */
export async function shippedBooksCore(): Promise<BooksCore> {
  const { postingDateFor, policiesOf } = await loadSinkSteps();
  return {
    step,
    stepBatch,
    prerequisitesOf,
    postingDateFor,
    policiesOf,
    answers: await loadAnswerDesk(),
    posting: { ...defaultPostingPolicy, settleMs },
    batch: { ...defaultBatchPolicy, settleMs },
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
      comparesKeyOfNumber: true,
      comparesSecondField: true,
      keepsWholeKey: true,
      leasePerTarget: true,
      recordsBatchOfFound: true,
      answersByQuestion: true,
      refusesClosedLetters: true,
      keepsEarlierAnswers: true,
      silenceIsRetried: true,
      climbsLadder: true,
    },
    flows: { memoHasPayment: true, applicationNeedsReleased: true, feeHasOneOwner: true, undoNeedsDone: true, entriesBalance: true },
  };
}

/** The settings of erp-sink that its policies depend on, as shipped. */
const sinkSettings = { ERP_SETTLE_MS: settleMs, ERP_MAX_ATTEMPTS: 6, ERP_RECHECK_MS: '15000,120000,1800000', ERP_PARK_MS: 10_000 };

/** The core with the policies that erp-sink gives a target with calls of this length. */
export function coreFor(core: BooksCore, longestCallMs: number): BooksCore {
  const { posting, batch } = core.policiesOf(sinkSettings, { name: 'sim', longestCallMs });
  const { leaseMs, heldAfterMs } = posting('');
  return {
    ...core,
    posting: { ...core.posting, leaseMs, heldAfterMs: core.posting.heldAfterMs === Infinity ? Infinity : heldAfterMs },
    batch: { ...core.batch, leaseMs: batch.leaseMs, heldAfterMs: batch.heldAfterMs },
  };
}
