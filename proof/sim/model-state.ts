import { newPosting } from '@tributary/posting';
import type { Posting, PostingPolicy } from '@tributary/posting';

/** The current tick, in every state. Other times are relative to it, so that equal situations are equal states. */
export const now = 1_000;
/** Longest call, ticks. */
export const callTicks = 2;
/** How long the ERP may commit after a caller gave up, ticks. */
export const settleTicks = 2;

/** The shipped policy in ticks: a lease outlives a call and its settle time, lookups are a settle time apart. */
export const modelPolicy: PostingPolicy = {
  leaseMs: callTicks + settleTicks + 2,
  settleMs: settleTicks,
  lookupsBeforePost: 2,
  maxAttempts: 3,
  heldAfterMs: 7,
  resumeDelayMs: 2,
  lookupMs: 1,
  recheckMs: [2, 4],
};

/** One posting key: its row in the ledger, its documents in the ERP, and its records in the topic. */
export interface KeyState {
  readonly posting: Posting;
  /** Versions of the key's documents in the ERP; at most one document is right. */
  readonly documents: readonly number[];
  /** Calls that the ERP has not finished: each commits within so many ticks. */
  readonly late: readonly { readonly version: number; readonly within: number; readonly matched: boolean }[];
  /** Per record: whether it is still to be read, and the outcome that the ledger has for it. */
  readonly records: readonly { readonly todo: boolean; readonly outcome: string }[];
}

/** What a worker does. `lookup`, `post`: about to make that call. `wait`: sent, and the answer is on its way or never comes. */
export interface WorkerState {
  readonly key: number;
  readonly record: number;
  readonly fence: number;
  readonly doing: 'idle' | 'lookup' | 'post' | 'wait';
  /** Ticks until a lookup may be made, or until the caller gives up. */
  readonly ticks: number;
  readonly answer: 'posted' | 'unknown' | 'rejected' | 'none';
  /** Ticks left of the lease, as the worker knows it. */
  readonly lease: number;
  readonly resumed: boolean;
}

/** One state of the whole model. */
export interface State {
  readonly keys: readonly KeyState[];
  readonly workers: readonly WorkerState[];
  /** Faults that may still happen. */
  readonly faults: number;
}

/** Size and protocol of one exploration. */
export interface Setting {
  readonly name: string;
  readonly keys: number;
  readonly records: number;
  readonly workers: number;
  readonly faults: number;
  readonly protocol: 'create-once' | 'versioned-upsert';
  /** Each key depends on the one before it. */
  readonly chained: boolean;
}

/** A worker without work. */
export const idle: WorkerState = { key: 0, record: 0, fence: 0, doing: 'idle', ticks: 0, answer: 'none', lease: 0, resumed: false };

/** The state in which nothing has been read. */
export function initial({ keys, records, workers, faults }: Setting): State {
  const key: KeyState = {
    posting: newPosting,
    documents: [],
    late: [],
    records: Array.from({ length: records }, () => ({ todo: true, outcome: '' })),
  };
  return { keys: Array.from({ length: keys }, () => key), workers: Array.from({ length: workers }, () => idle), faults };
}

/** Index of the record whose request the posting holds. */
export function recordOf({ request }: Posting): number {
  return Number(request?.requestId.split('/')[1] ?? 0);
}

/** The state with one key changed. */
export function withKey(state: State, key: number, change: Partial<KeyState>): State {
  return { ...state, keys: state.keys.map((one, index) => (index === key ? { ...one, ...change } : one)) };
}

/** The state with one worker replaced. */
export function withWorker(state: State, at: number, worker: WorkerState): State {
  return { ...state, workers: state.workers.map((one, index) => (index === at ? worker : one)) };
}

/** The state with one record changed. */
export function withRecord(state: State, key: number, record: number, change: Partial<KeyState['records'][number]>): State {
  const { records } = state.keys[key] as KeyState;
  return withKey(state, key, { records: records.map((one, index) => (index === record ? { ...one, ...change } : one)) });
}
