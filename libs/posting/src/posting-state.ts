/** Attributes by which a document is known in its ERP. */
export type Reference = Readonly<Record<string, string>>;

/** `create-once`: one document for ever. `ensure`: match or create, never overwrite. `versioned-upsert`: match and change, or create. */
export type Protocol = 'create-once' | 'ensure' | 'versioned-upsert';

/** What is asked for, as far as the protocol looks at it. */
export interface Request {
  readonly requestId: string;
  readonly protocol: Protocol;
  /** Of the fact, for versioned upserts; larger is newer, equal is not older. 0 otherwise. */
  readonly version: bigint;
  /** Of the document. */
  readonly digest: string;
}

/**
 * What the ledger knows of one posting key. `open`: somebody works on it, under a lease. `waiting`: for what it depends on.
 * `held`: for a person. `skipped`: there was nothing to do, and its version is remembered.
 */
export type Standing = 'open' | 'waiting' | 'posted' | 'skipped' | 'rejected' | 'held';

/** How an applied posting came to be, told again when the same request comes again. */
export type AppliedResult = 'posted' | 'adopted' | 'updated';

/** One row of the ledger. Times are milliseconds of the ledger's own clock. */
export interface Posting {
  readonly requestId: string;
  readonly protocol: Protocol;
  readonly version: bigint;
  readonly digest: string;
  readonly standing: Standing;
  readonly leaseUntil: number;
  /** Calls made so far. Recorded before each call, so a crash at any point leaves a trace. */
  readonly attempts: number;
  /** A call went out and its outcome is not recorded: it may have been applied. */
  readonly callOpen: boolean;
  /** Looks after the newest open call that found nothing. */
  readonly emptyLooks: number;
  readonly unknownSince: number | undefined;
  readonly result: AppliedResult | undefined;
  readonly reference: Reference | undefined;
  readonly code: string | undefined;
  readonly text: string | undefined;
}

export interface Limits {
  /** Between an unanswered call and a look, and between two looks: the ERP may still be committing. */
  readonly settleMs: number;
  /** Empty looks, a settle delay apart, before an unanswered call counts as not applied. */
  readonly looks: number;
  /** Calls for one request before a person has to look. */
  readonly maxAttempts: number;
  /** An unanswered call that cannot be looked up is held for a person after this. */
  readonly holdAfterMs: number;
}

export const defaultLimits: Limits = { settleMs: 2_000, looks: 2, maxAttempts: 6, holdAfterMs: 50_000 };
