import { nextRetryMs, OffsetTracker, quickRetryPolicy, retryAfterDelayMs } from '@tributary/messaging/core';
import type { RetryPolicy } from '@tributary/messaging/core';
import { defaultBatchPolicy, defaultPostingPolicy, step, stepBatch, stepSequence } from '@tributary/posting';
import type { BatchPolicy, LadderPolicy, PostingPolicy } from '@tributary/posting';

/** Longest call of the simulated connector, ms; the lease outlives it as in services/erp-sink/src/erp-sink.module.ts. */
export const longestCallMs = 30_000;
export const callGraceMs = 1_000;
const leaseMs = longestCallMs + 5_000;
const settleMs = 2_000;

/** What the offsets of a partition are kept with. */
export type Offsets = Pick<OffsetTracker, 'deliver' | 'finish' | 'committable'>;

/**
 * What is put to the test: the functions that the services run, by reference. A mutant is this with one of them changed; the last group
 * are the glue's own duties, which a mutant may leave out.
 */
export interface Core {
  readonly step: typeof step;
  readonly stepBatch: typeof stepBatch;
  readonly stepSequence: typeof stepSequence;
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
    /** The offset moves when the message is done, and not when it is taken. */
    readonly finishAfterWork: boolean;
    /** What is concluded is published before the offset moves. */
    readonly publishBeforeOffset: boolean;
    /** Copies and dead letters are written before the state is stored. */
    readonly recordBeforeStore: boolean;
    /** The lot is asked for what is stuck when a partition is taken. */
    readonly lotIsRead: boolean;
    /** The lot refuses who lost the partition. */
    readonly lotIsFenced: boolean;
    /** A copy is called an old one only by who still has the partition. */
    readonly obsoleteIsChecked: boolean;
    /** A parked message is stored before its offset is finished. */
    readonly parkIsStored: boolean;
    /** What is read of a delay topic waits until it is due. */
    readonly waitsUntilDue: boolean;
    /** What came in a batch is part of the wait for its release. */
    readonly releaseWaitsForUnfinished: boolean;
    /** The sweeper goes on with what lost its worker. */
    readonly sweeps: boolean;
  };
}

export const shippedCore: Core = {
  step,
  stepBatch,
  stepSequence,
  nextRetryMs,
  retryAfterDelayMs,
  offsets: () => new OffsetTracker(),
  posting: { ...defaultPostingPolicy, leaseMs: leaseMs + settleMs, settleMs },
  batch: { ...defaultBatchPolicy, leaseMs, settleMs },
  // The rungs are the shipped ones; fewer attempts, so that some messages come to their end while things still break.
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
    sweeps: true,
  },
};
