import { prerequisitesOf, step, stepBatch } from '@tributary/posting';
import type { BatchPolicy, PostingPolicy } from '@tributary/posting';

/** The current tick, in every state. Other times are relative to it, so that equal situations are equal states. */
export const now = 1_000;
/** Longest call, ticks. */
export const callTicks = 1;
/** How long the ERP may commit a call after its caller gave up, ticks. */
export const settleTicks = 2;

/** The shipped policy in ticks: a lease outlives a call and its settle time, lookups are a settle time apart. */
export const chainPolicy: PostingPolicy = {
  canDiscard: true,
  leaseMs: callTicks + settleTicks + 1,
  settleMs: settleTicks,
  lookupsBeforePost: 2,
  maxAttempts: 3,
  heldAfterMs: 5,
  resumeDelayMs: 1,
  lookupMs: 1,
  recheckMs: [2],
};

/** The shipped batch policy in ticks. */
export const chainBatchPolicy: BatchPolicy = {
  maxDocuments: 2,
  idleMs: 1,
  maxAgeMs: 4,
  leaseMs: callTicks + 2,
  settleMs: settleTicks,
  retryMs: 1,
  lookupsBeforeRelease: 2,
  maxAttempts: 3,
  heldAfterMs: 5,
  stuckAfterMs: 5,
  lookupMs: 1,
};

/** What a mutant may leave out besides the functions of libs/posting: duties of the sink, its connector and the flows. */
export interface ChainDuties {
  /** A lookup compares the lines of what it found with those that were asked for. */
  readonly comparesLines: boolean;
  /** Only the missing lines of a half document are sent. */
  readonly finishSendsMissing: boolean;
  /** The connector deletes only what is not released. */
  readonly discardsOnlySaved: boolean;
  /** Nothing is sent unless the lease outlives the call. */
  readonly checksLease: boolean;
  /** A batch waits for its unfinished documents. */
  readonly countsUnfinished: boolean;
  /** A flow asks that what an application settles is released. */
  readonly asksForReleased: boolean;
}

/** What is explored: the functions that erp-sink runs, by reference, and the duties around them. */
export interface ChainCore {
  readonly step: typeof step;
  readonly stepBatch: typeof stepBatch;
  readonly prerequisitesOf: typeof prerequisitesOf;
  readonly posting: PostingPolicy;
  readonly batch: BatchPolicy;
  readonly duties: ChainDuties;
}

/** The core as it is shipped. */
export const shippedChain: ChainCore = {
  step,
  stepBatch,
  prerequisitesOf,
  posting: chainPolicy,
  batch: chainBatchPolicy,
  duties: {
    comparesLines: true,
    finishSendsMissing: true,
    discardsOnlySaved: true,
    checksLease: true,
    countsUnfinished: true,
    asksForReleased: true,
  },
};
