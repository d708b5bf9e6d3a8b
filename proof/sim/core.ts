import { nextRetryMs, OffsetTracker, quickRetryPolicy, retryAfterDelayMs } from '@tributary/messaging/core';
import type { RetryPolicy } from '@tributary/messaging/core';
import {
  defaultBatchPolicy,
  defaultPostingPolicy,
  effectProblem,
  prerequisitesOf,
  step,
  stepBatch,
  stepSequence,
} from '@tributary/posting';
import type { BatchPolicy, LadderPolicy, PostingPolicy } from '@tributary/posting';
import type { SimRequest } from './sim-request.js';

/** Longest call of the simulated connector, ms; the lease outlives it as in services/erp-sink/src/erp-sink.module.ts. */
export const longestCallMs = 30_000;
/** Time that a lease has to outlive a call by, ms. */
export const callGraceMs = 1_000;
const leaseMs = longestCallMs + 5_000;
const settleMs = 2_000;

/** Tracks the offsets of a partition. */
export type Offsets = Pick<OffsetTracker, 'deliver' | 'finish' | 'committable'>;

/**
 * What is under test: the functions that the services run, by reference. A mutant is this with one of them changed. `glue` are duties of the
 * simulated services, which a mutant may leave out.
 */
export interface Core {
  readonly step: typeof step;
  readonly stepBatch: typeof stepBatch;
  readonly stepSequence: typeof stepSequence;
  readonly prerequisitesOf: typeof prerequisitesOf;
  readonly effectProblem: typeof effectProblem;
  /** The flows: what becomes of the requests of one event. */
  readonly mapped: (requests: readonly SimRequest[]) => readonly SimRequest[];
  readonly nextRetryMs: typeof nextRetryMs;
  readonly retryAfterDelayMs: typeof retryAfterDelayMs;
  readonly offsets: () => Offsets;
  readonly posting: PostingPolicy;
  readonly batch: BatchPolicy;
  readonly ladder: LadderPolicy;
  readonly quick: RetryPolicy;
  readonly glue: {
    /** The row is read, stepped and written in one transaction, and its outcome with it. */
    readonly atomic: boolean;
    /** Nothing is sent unless the lease outlives the call. */
    readonly leaseBeforeCall: boolean;
    /** The offset advances when the message is finished, not when it is read. */
    readonly finishAfterWork: boolean;
    /** Outcomes are published before the offset advances. */
    readonly publishBeforeOffset: boolean;
    /** Retry records and dead letters are written before the sequence is stored. */
    readonly recordBeforeStore: boolean;
    /** Blocked sequences are read when a partition is taken over. */
    readonly lotIsRead: boolean;
    /** The parking lot refuses writes of a former owner. */
    readonly lotIsFenced: boolean;
    /** A retry record is discarded as obsolete only under a valid claim of the partition. */
    readonly obsoleteIsChecked: boolean;
    /** A parked message is stored before its offset advances. */
    readonly parkIsStored: boolean;
    /** Records of a delay topic wait until they are due. */
    readonly waitsUntilDue: boolean;
    /** A batch is released only when no document of it is unfinished. */
    readonly releaseWaitsForUnfinished: boolean;
    /** A batch is released only when no half document is in it. */
    readonly releaseWaitsForHalf: boolean;
    /** The connector reads back what it wrote. */
    readonly readsBack: boolean;
    /** Only the rows that are missing are sent to finish a half document. */
    readonly finishesByHandle: boolean;
    /** A waiting posting is resumed when what it needs is released. */
    readonly resumesOnRelease: boolean;
    /** The sweeper resumes postings whose worker is gone. */
    readonly sweeps: boolean;
  };
}

/** The core as it is shipped. */
export const shippedCore: Core = {
  step,
  stepBatch,
  stepSequence,
  prerequisitesOf,
  effectProblem,
  mapped: (requests) => requests,
  nextRetryMs,
  retryAfterDelayMs,
  offsets: () => new OffsetTracker(),
  posting: { ...defaultPostingPolicy, leaseMs: leaseMs + settleMs, settleMs, canDiscard: true },
  batch: { ...defaultBatchPolicy, leaseMs, settleMs },
  // The shipped delays, but fewer attempts, so that some messages end while faults still strike.
  ladder: {
    rungs: [
      { name: '5s', delayMs: 5_000 },
      { name: '1m', delayMs: 60_000 },
      { name: '10m', delayMs: 600_000 },
    ],
    maxAttempts: 8,
    maxAgeMs: 48 * 3_600_000,
  },
  quick: quickRetryPolicy,
  glue: {
    atomic: true,
    leaseBeforeCall: true,
    finishAfterWork: true,
    publishBeforeOffset: true,
    recordBeforeStore: true,
    lotIsRead: true,
    lotIsFenced: true,
    obsoleteIsChecked: true,
    parkIsStored: true,
    waitsUntilDue: true,
    releaseWaitsForUnfinished: true,
    releaseWaitsForHalf: true,
    readsBack: true,
    finishesByHandle: true,
    resumesOnRelease: true,
    sweeps: true,
  },
};
