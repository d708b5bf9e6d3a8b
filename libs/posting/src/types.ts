import type { Money } from '@tributary/domain';

/** The ERP's keys of a document, as text. */
export type Reference = Readonly<Record<string, string>>;

/** How a posting request is made to exist once; create-once.ts, ensure.ts and versioned-upsert.ts say what each means. */
export const protocols = ['create-once', 'ensure', 'versioned-upsert'] as const;
export type Protocol = (typeof protocols)[number];

export function isProtocol(text: string): text is Protocol {
  return (protocols as readonly string[]).includes(text);
}

/** What the protocol needs to know of a posting request. */
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
 * - `new`: nothing is under way; the message that asks for it is still in Kafka
 * - `claimed`: a worker holds it and is about to call, or is calling
 * - `unknown`: a call was sent and its end is not known; the worker looks
 * - `waiting`: stored until its dependencies are there, or until a target that refused it for now takes it
 * - `posted`, `skipped`: done. `rejected`: surely not applied, a replay may try again. `held`: a person (or a later look) decides
 */
export type PostingState = 'new' | 'claimed' | 'unknown' | 'waiting' | 'posted' | 'rejected' | 'held' | 'skipped';

/** One posting: a row of the ledger as the protocol sees it. Times are milliseconds. */
export interface Posting {
  readonly state: PostingState;
  /** Raised by every claim: what an earlier holder says afterwards is refused. */
  readonly fence: number;
  /** 0 when nobody holds it. */
  readonly leaseUntil: number;
  /** Posts that were sent and not surely refused. */
  readonly attempts: number;
  /** Looks in a row that found nothing since the last post. */
  readonly looks: number;
  /** When a post was sent whose end is not known; undefined when nothing is open. Written before the call. */
  readonly sentAt: number | undefined;
  /** The offset of its request has moved: only the ledger remembers it, so the sweeper has to finish it. */
  readonly parked: boolean;
  /** The sweeper leaves it alone until then. */
  readonly notBefore: number;
  readonly request: PostingRequest | undefined;
  /** Largest version applied, skipped, or sent and perhaps there. */
  readonly version: bigint;
  /** Digest of what was applied last. */
  readonly appliedDigest: string | undefined;
  /** Amount of the posted document; undefined for master data, and where an earlier version did not record it. */
  readonly appliedAmount: Money | undefined;
  /**
   * A second request of the same key that is kept until the document exists:
   * - a versioned upsert that found nothing to change: an `ensure` that creates the document creates it in that state (I4);
   * - an `ensure` that gave way to a versioned upsert: it goes on if the upsert finds nothing to change.
   */
  readonly setAside: PostingRequest | undefined;
  /** Set once the document is there. */
  readonly reference: Reference | undefined;
  /** Posting keys it waits for. */
  readonly waitingOn: readonly string[];
  /**
   * When it was sent again though the end of an earlier call is not known: that call may still be committed, later than any look.
   * Cleared after the last recheck.
   */
  readonly resentAt: number | undefined;
  /** The sweeper looks then whether the target holds it more than once. */
  readonly recheckAt: number | undefined;
  /** Rechecks that found no more than one document. */
  readonly rechecks: number;
  /** The target was found to hold it more than once, and not yet to hold it once again. */
  readonly twice: boolean;
}

/** Results of `erp.posting-concluded`, apart from `released`, which is the batch's. */
export type Result = 'posted' | 'adopted' | 'updated' | 'duplicate' | 'stale' | 'skipped' | 'waiting' | 'held' | 'rejected';

/** The part of a connector's answer that decides (libs/connector-kit, PostingOutcome). */
export type Answer =
  | { readonly kind: 'posted' | 'updated'; readonly reference: Reference }
  | { readonly kind: 'rejected'; readonly code: string; readonly field?: string; readonly text: string }
  | { readonly kind: 'ambiguous'; readonly code: string; readonly text: string }
  | { readonly kind: 'skipped'; readonly text: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly text: string }
  | { readonly kind: 'conflict'; readonly text: string }
  | { readonly kind: 'unavailable'; readonly code: string; readonly text: string }
  | { readonly kind: 'unauthorised'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** How a request ended before, from the ledger. */
export interface EarlierConclusion {
  readonly result: string;
  readonly digest: string;
}

export type Decision = { readonly kind: 'skip' } | { readonly kind: 'adopt'; readonly reference: Reference };

export type Input =
  /** A request arrived. `missing`: its dependencies that are not there. `earlier`: how this very request ended before. */
  | {
      readonly kind: 'requested';
      readonly request: PostingRequest;
      readonly missing: readonly string[];
      readonly earlier?: EarlierConclusion | undefined;
      /** A person gave it back: also what is held may be tried again. */
      readonly ordered?: boolean;
    }
  /** A person decided: it is not wanted, or that document in the target is the one. */
  | { readonly kind: 'decided'; readonly request: PostingRequest; readonly decision: Decision; readonly text: string }
  /** The sweeper asks whether a stored posting can go on. */
  | { readonly kind: 'resumed'; readonly missing: readonly string[] }
  | { readonly kind: 'answered'; readonly fence: number; readonly answer: Answer }
  /** The target answered a look. */
  | { readonly kind: 'looked'; readonly fence: number; readonly reference: Reference | undefined }
  /** The target did not answer a look. */
  | { readonly kind: 'silent'; readonly fence: number; readonly text: string }
  /** The target holds something under this key that only a person can judge. */
  | { readonly kind: 'puzzled'; readonly fence: number; readonly code: string; readonly text: string }
  /** The worker stops before its end (drain). */
  | { readonly kind: 'abandoned'; readonly fence: number };

/** What has to be done now, in this order. At most one of `look` and `post`, and it is the last. */
export type Effect =
  /** Look after that wait, and take no answer for silence after `withinMs` (default: as long as a call may take). */
  | { readonly kind: 'look'; readonly afterMs: number; readonly withinMs?: number }
  | { readonly kind: 'post' }
  | { readonly kind: 'conclude'; readonly requestId: string; readonly result: Result; readonly code?: string; readonly text?: string }
  /** Say again how this request ended. `superseded`: it came with other fields, which were not posted. */
  | { readonly kind: 'repeat'; readonly superseded: boolean }
  /** Somebody else works on it: ask again, at the latest then. */
  | { readonly kind: 'busy'; readonly until: number }
  /** The message fails with this disposition. Nothing was applied. */
  | {
      readonly kind: 'fail';
      readonly disposition: 'retry' | 'pause' | 'reject';
      readonly code: string;
      readonly text: string;
      readonly field?: string;
      /** How long the target said to wait, ms: bounded, and spread so that what it throttled does not come back all at once. */
      readonly retryAfterMs?: number;
    }
  /** The input is of an earlier holder: it changes nothing and its sender stops. */
  | { readonly kind: 'refused' };

export interface Step {
  readonly posting: Posting;
  readonly effects: readonly Effect[];
}

export interface PostingPolicy {
  /** Longer than the longest possible call, ms. */
  readonly leaseMs: number;
  /** Time that a target may need to show what it has committed, ms. */
  readonly settleMs: number;
  /** Empty looks, a settle delay apart, before a post is sent again. */
  readonly looksBeforePost: number;
  /** Posts that may be sent for one posting before a person is asked. */
  readonly maxAttempts: number;
  /** A posting whose end cannot be found out is held this long after it was sent, ms. With what a look and a take-over need: within 60 s. */
  readonly heldAfterMs: number;
  /** How long the sweeper leaves a stored posting alone after it could not go on, ms. */
  readonly parkMs: number;
  /** What a look gets at least, even when the posting should be held by now, ms. */
  readonly lookMs: number;
  /** After a posting that was sent again is there: waits before each look for a second document, ms. */
  readonly recheckMs: readonly number[];
}

export const defaultPostingPolicy: PostingPolicy = {
  leaseMs: 42_000,
  settleMs: 2_000,
  looksBeforePost: 2,
  maxAttempts: 6,
  heldAfterMs: 40_000,
  parkMs: 10_000,
  lookMs: 5_000,
  recheckMs: [15_000, 120_000, 1_800_000],
};

/** A posting that nobody has asked for yet. */
export const newPosting: Posting = {
  state: 'new',
  fence: 0,
  leaseUntil: 0,
  attempts: 0,
  looks: 0,
  sentAt: undefined,
  parked: false,
  notBefore: 0,
  request: undefined,
  version: 0n,
  appliedDigest: undefined,
  appliedAmount: undefined,
  setAside: undefined,
  reference: undefined,
  waitingOn: [],
  resentAt: undefined,
  recheckAt: undefined,
  rechecks: 0,
  twice: false,
};
