import type { Money } from '@tributary/domain';
import type { AnyResult } from './results.js';

/** The ERP's keys of a document, as text. */
export type Reference = Readonly<Record<string, string>>;

/** Protocols that keep a document from being created twice; see create-once.ts, ensure.ts and versioned-upsert.ts. */
export const protocols = ['create-once', 'ensure', 'versioned-upsert'] as const;
/** One of {@link protocols}. */
export type Protocol = (typeof protocols)[number];

/** Whether a text names a protocol. */
export function isProtocol(text: string): text is Protocol {
  return (protocols as readonly string[]).includes(text);
}

/** The part of a posting request that the protocol uses. */
export interface PostingRequest {
  /** Event id of the request: the same for a redelivery and for a replay. */
  readonly requestId: string;
  readonly protocol: Protocol;
  /** For versioned upserts: larger is newer, equal is not older. 0 otherwise. */
  readonly version: bigint;
  /** Digest of shape and fields. */
  readonly digest: string;
  /** Money of the document; undefined for master data. */
  readonly amount?: Money | undefined;
}

/**
 * - `new`: nothing is in progress; the request's message is still in Kafka
 * - `claimed`: a worker holds the lease and is about to call, or is calling
 * - `unknown`: a call was sent and its outcome is not known; the worker looks the document up
 * - `waiting`: stored until its dependencies have documents, or until a target that deferred it takes it
 * - `posted`, `skipped`: done. `rejected`: certainly not applied, a replay may try again. `held`: an operator (or a later lookup) decides
 */
export type PostingState = 'new' | 'claimed' | 'unknown' | 'waiting' | 'posted' | 'rejected' | 'held' | 'skipped';

/** A document whose header is stored and some of whose lines are not. */
export interface HalfDocument {
  readonly reference: Reference;
  /** Handles of the missing lines. */
  readonly missing: readonly string[];
  /** Digest of the request whose content the document has: lines of another content are not added to it. */
  readonly digest: string;
}

/** One posting: a row of the ledger as the protocol sees it. Times are milliseconds. */
export interface Posting {
  readonly state: PostingState;
  /** Fence token, raised by every claim: writes of an earlier holder fail. */
  readonly fence: number;
  /** End of the lease; 0 when no worker holds one. */
  readonly leaseUntil: number;
  /** Posts that were sent and not certainly rejected. */
  readonly attempts: number;
  /** Consecutive lookups that found nothing since the last post. */
  readonly lookups: number;
  /** Time of the call whose outcome is unknown; undefined when none is open. Written before the call. */
  readonly sentAt: number | undefined;
  /** The offset of the request is committed: only the ledger has the request, so the sweeper has to finish it. */
  readonly storedInLedger: boolean;
  /** The sweeper does not resume the posting before this time. */
  readonly notBefore: number;
  readonly request: PostingRequest | undefined;
  /** Largest version that was applied or skipped, or was sent and may be applied. */
  readonly version: bigint;
  /** Digest of the request that was applied last. */
  readonly appliedDigest: string | undefined;
  /** Amount of the posted document; undefined for master data, and where an earlier version did not record it. */
  readonly appliedAmount: Money | undefined;
  /**
   * A second request of the same key that is kept until the document exists:
   * - a versioned upsert that found nothing to change: an `ensure` that creates the document creates it in that state (I4);
   * - an `ensure` that gave way to a versioned upsert: it goes on if the upsert finds nothing to change.
   */
  readonly setAside: PostingRequest | undefined;
  /** Set once the document exists. */
  readonly reference: Reference | undefined;
  /** The target has the document without all of its lines; such a document is never adopted. */
  readonly half: HalfDocument | undefined;
  /** The half document is being deleted, because of this refusal. Written before the call. */
  readonly discarding: { readonly code: string; readonly text: string; readonly field?: string } | undefined;
  /** Posting keys that the request waits for. */
  readonly waitingOn: readonly string[];
  /** Time of a post that was sent although an earlier call may still commit after any lookup. Cleared after the last recheck. */
  readonly resentAt: number | undefined;
  /** When the sweeper next checks whether the target holds duplicates. */
  readonly recheckAt: number | undefined;
  /** Rechecks that found no duplicate. */
  readonly rechecks: number;
  /** The target holds duplicates of this document, and no later lookup has found just one. */
  readonly hasDuplicate: boolean;
}

/** Results of `erp.posting-concluded` that a posting decides; `released` is decided by its batch. */
export type Result = Exclude<AnyResult, 'released'>;

/** Result of a call of the target, as the protocol uses it; libs/connector-kit has the complete one (PostingOutcome). */
export type Answer =
  /** `postingDate`: `YYYY-MM-DD`, when the target or its connector moved it out of a closed period. */
  | { readonly kind: 'posted' | 'updated'; readonly reference: Reference; readonly postingDate?: string }
  /** The document exists and is incomplete. */
  | {
      readonly kind: 'partial';
      readonly reference: Reference;
      readonly missing: readonly string[];
      readonly code: string;
      readonly text: string;
    }
  /** `periodClosed`: because of its date, whose fiscal period is closed. */
  | { readonly kind: 'rejected'; readonly code: string; readonly field?: string; readonly text: string; readonly periodClosed?: true }
  | { readonly kind: 'ambiguous'; readonly code: string; readonly text: string }
  | { readonly kind: 'skipped'; readonly text: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly text: string }
  | { readonly kind: 'conflict'; readonly text: string }
  | { readonly kind: 'unavailable'; readonly code: string; readonly text: string }
  | { readonly kind: 'unauthorised'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** The recorded outcome of a request that arrives again. */
export interface EarlierConclusion {
  readonly result: string;
  readonly digest: string;
}

/** An operator's decision about a request. */
export type Decision = { readonly kind: 'skip' } | { readonly kind: 'adopt'; readonly reference: Reference };

/** An event of one posting. */
export type Input =
  /** A request arrived. `missing`: dependencies that have no document. `earlier`: the recorded outcome of the same request. */
  | {
      readonly kind: 'requested';
      readonly request: PostingRequest;
      readonly missing: readonly string[];
      /** Those of `missing` that were not requested within their time: an operator decides. */
      readonly neverAsked?: readonly string[];
      readonly earlier?: EarlierConclusion | undefined;
      /** An operator replays it: a held posting may be tried again. */
      readonly ordered?: boolean;
    }
  /** An operator decided to skip the request, or to adopt a named document of the target. */
  | { readonly kind: 'decided'; readonly request: PostingRequest; readonly decision: Decision; readonly text: string }
  /** The sweeper asks whether a stored posting can continue. */
  | { readonly kind: 'resumed'; readonly missing: readonly string[]; readonly neverAsked?: readonly string[] }
  | { readonly kind: 'answered'; readonly fence: number; readonly answer: Answer }
  /** Result of deleting a half document; `posted` and `skipped` mean that it is deleted. */
  | { readonly kind: 'discard-answered'; readonly fence: number; readonly answer: Answer }
  /** The target answered a lookup. `missing`: lines that the document it found does not have. */
  | {
      readonly kind: 'lookup-answered';
      readonly fence: number;
      readonly reference: Reference | undefined;
      readonly missing?: readonly string[] | undefined;
    }
  /** The target did not answer a lookup. */
  | { readonly kind: 'lookup-failed'; readonly fence: number; readonly text: string }
  /** The lookup found something that only an operator can judge, such as two documents. */
  | { readonly kind: 'lookup-ambiguous'; readonly fence: number; readonly code: string; readonly text: string }
  /** The worker stops before the posting ended (shutdown, rebalance). */
  | { readonly kind: 'abandoned'; readonly fence: number };

/** An action that follows a step; they are carried out in order. At most one is `lookup`, `post` or `discard`, and it is the last. */
export type Effect =
  /** Look the document up after this wait. No answer within `withinMs` (default: as long as a call may take) is `lookup-failed`. */
  | { readonly kind: 'lookup'; readonly afterMs: number; readonly withinMs?: number }
  /** `missing`: only these lines of the existing document ({@link Posting.half}). */
  | { readonly kind: 'post'; readonly missing?: readonly string[] }
  /** Delete this document, which is not released. */
  | { readonly kind: 'discard'; readonly reference: Reference }
  | { readonly kind: 'conclude'; readonly requestId: string; readonly result: Result; readonly code?: string; readonly text?: string }
  /** Publish the recorded outcome again. `superseded`: the request came with other fields, which were not posted. */
  | { readonly kind: 'repeat'; readonly superseded: boolean }
  /** Another worker holds the lease; retry no later than `until`. */
  | { readonly kind: 'busy'; readonly until: number }
  /** The message fails with this disposition. Nothing was applied. */
  | {
      readonly kind: 'fail';
      readonly disposition: 'retry' | 'pause' | 'reject';
      readonly code: string;
      readonly text: string;
      readonly field?: string;
      /** Delay that the target asked for, ms: bounded, and spread so that throttled postings do not all return at once. */
      readonly retryAfterMs?: number;
    }
  /** The input comes from a worker that lost its lease: it changes nothing, and that worker stops. */
  | { readonly kind: 'fenced' };

/** The posting to write, then the effects to act on. */
export interface Step {
  readonly posting: Posting;
  readonly effects: readonly Effect[];
}

/** Limits and delays of the protocol. */
export interface PostingPolicy {
  /** The target can delete a document of this kind that is not released. */
  readonly canDiscard?: boolean;
  /** Longer than the longest possible call, ms. */
  readonly leaseMs: number;
  /** Settle delay: time that a target may need to show what it committed, ms. */
  readonly settleMs: number;
  /** Empty lookups, a settle delay apart, before a post is sent again. */
  readonly lookupsBeforePost: number;
  /** Posts that may be sent for one posting before it is held. */
  readonly maxAttempts: number;
  /**
   * A posting whose outcome cannot be determined is held this long after it was sent, ms. Together with a lookup and a take-over this stays
   * within 60 s.
   */
  readonly heldAfterMs: number;
  /** Delay before the sweeper tries again to resume a stored posting, ms. */
  readonly resumeDelayMs: number;
  /** Shortest timeout of a lookup, even when the posting should be held by now, ms. */
  readonly lookupMs: number;
  /** Waits before each check for a duplicate, after a posting that was sent again has ended, ms. */
  readonly recheckMs: readonly number[];
}

/** Limits for a target with the default timeouts; erp-sink derives its own from its configuration. */
export const defaultPostingPolicy: PostingPolicy = {
  leaseMs: 42_000,
  settleMs: 2_000,
  lookupsBeforePost: 2,
  maxAttempts: 6,
  heldAfterMs: 40_000,
  resumeDelayMs: 10_000,
  lookupMs: 5_000,
  recheckMs: [15_000, 120_000, 1_800_000],
};

/** A posting without any request yet. */
export const newPosting: Posting = {
  state: 'new',
  fence: 0,
  leaseUntil: 0,
  attempts: 0,
  lookups: 0,
  sentAt: undefined,
  storedInLedger: false,
  notBefore: 0,
  request: undefined,
  version: 0n,
  appliedDigest: undefined,
  appliedAmount: undefined,
  setAside: undefined,
  reference: undefined,
  half: undefined,
  discarding: undefined,
  waitingOn: [],
  resentAt: undefined,
  recheckAt: undefined,
  rechecks: 0,
  hasDuplicate: false,
};
