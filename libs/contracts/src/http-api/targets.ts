import type { AmountView } from './amounts.js';
import type { BatchView } from './batches.js';

/**
 * A target as `GET /targets` of erp-sink shows it, and as pausing and resuming answer. `breaker` and `calls` are those of the process that
 * answers; everything else is the target's, from its ledger.
 */
export interface TargetView {
  readonly target: string;
  /** The kind of its connector: what product it is. */
  readonly product: string;
  /**
   * `paused`: by a person. `sign-in-refused`: the target refuses the credentials, so somebody has to act. `away`: it does not answer, and is
   * probed. `waiting`: for something of this installation that postings need. An open list: a client shows an unknown state by its name.
   */
  readonly state: 'working' | 'paused' | 'sign-in-refused' | 'away' | 'waiting';
  /** Who paused it; null: nobody did. */
  readonly paused: TargetPauseView | null;
  /** Since when it fails; null: it answers. */
  readonly breaker: TargetBreakerView | null;
  readonly calls: TargetCallsView;
  readonly postings: TargetPostingsView;
  readonly batches: TargetBatchesView;
  /** When a document was last written; null: none was yet. */
  readonly lastSuccessAt: string | null;
  /** The newest posting that the target refused or that is held; null: there is none. */
  readonly lastFailure: TargetFailureView | null;
  readonly limits: TargetLimitsView;
  /** Version of the mapping that made the newest document; null: not known any more. */
  readonly mappingVersion: string | null;
  /** What the last check found; null: none has ended since the process began, or it checks nothing. */
  readonly check: TargetCheckView | null;
}

/** A pause that somebody ordered. */
export interface TargetPauseView {
  /** Since when; ISO 8601. */
  readonly at: string;
  /** Name of who ordered it. */
  readonly by: string;
  readonly reason: string;
}

/** A circuit breaker that is open, or that a probe has not closed yet. */
export interface TargetBreakerView {
  /** ISO 8601. */
  readonly since: string;
  /** Error code of the newest failure. */
  readonly code: string;
}

/** Calls of a target by one process. */
export interface TargetCallsView {
  /** Calls of the last 60 seconds, look-ups among them. */
  readonly lastMinute: number;
  /** Most calls in a minute that the connector makes; null: it has no such limit. */
  readonly limitPerMinute: number | null;
  readonly inFlight: number;
  /** Most calls that may be open at once. */
  readonly inFlightLimit: number;
  /** When the target last answered, whatever it said; null: not since the process began. */
  readonly lastAnswerAt: string | null;
}

/** Postings of a target that are not concluded. */
export interface TargetPostingsView {
  /** Requests that are worked on, or wait for other documents. */
  readonly open: number;
  /** Sent without a known outcome; not in `open`. */
  readonly unknown: number;
  /** Only a person can judge them; not in `open`. */
  readonly held: number;
  /** The one of these that was requested first; null: there is none. */
  readonly oldest: { readonly postingKey: string; readonly state: string; readonly since: string } | null;
}

/** Batches of a target that are not released. */
export interface TargetBatchesView {
  readonly open: number;
  readonly documents: number;
  /** Money of their documents without signs, one sum per currency. */
  readonly amounts: readonly AmountView[];
  /** The oldest of them, 50 at most. */
  readonly list: readonly OpenBatchView[];
}

/** A batch that is not released, with its money. */
export interface OpenBatchView extends BatchView {
  readonly amounts: readonly AmountView[];
  /** It is released when a person orders it, and not by itself. */
  readonly byPerson: boolean;
}

/** A posting that ended without its document. */
export interface TargetFailureView {
  readonly at: string;
  readonly postingKey: string;
  /** Stable error code; null: not known any more. */
  readonly code: string | null;
}

/** What a connector can do, and its limits. */
export interface TargetLimitsView {
  /** Kinds of documents. */
  readonly kinds: readonly string[];
  readonly features: readonly string[];
  /** Longest time that one call may take, ms. */
  readonly longestCallMs: number;
}

/** Answer of `POST /targets/:name/check`. */
export interface TargetCheckView {
  /** When it ended; ISO 8601. */
  readonly at: string;
  readonly findings: readonly TargetFindingView[];
}

/** One result of checking a target (docs/target-findings.md). */
export interface TargetFindingView {
  readonly code: string;
  /** `missing`: postings would fail. `unknown`: the target gives no way to know. An open list. */
  readonly level: 'ok' | 'warning' | 'missing' | 'unknown';
  readonly about: string;
  readonly text: string;
  /** What to do; empty where nothing is to be done. */
  readonly fix: string;
}

/** Answer of `GET /target-outcomes` of recon: what became of the postings of each target, hour by hour. */
export interface TargetOutcomesView {
  /** Beginnings of the hours, the oldest first; ISO 8601. The last hour is the one that is not over yet. */
  readonly hours: readonly string[];
  /** One per target with an outcome in these hours, by name. */
  readonly targets: readonly TargetHoursView[];
}

/** Postings of one target that were concluded, by hour: as many numbers as there are hours. */
export interface TargetHoursView {
  readonly target: string;
  /** Documents and metadata that were written. */
  readonly written: readonly number[];
  /** Refused by the target, or held for a person. */
  readonly failed: readonly number[];
}
