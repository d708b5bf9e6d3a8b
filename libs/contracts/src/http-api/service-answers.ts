import type { AmountView } from './amounts.js';
import type { ApiTokenView, ColleagueView, OwnSessionView, PersonView } from './identity.js';
import type { ReleaseOrderView } from './release-orders.js';
import type { OpenBatchView, TargetView } from './targets.js';

/** A posting of the ledger of erp-sink. */
export interface LedgerPostingView {
  readonly postingKey: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly reference: Readonly<Record<string, string>> | null;
  readonly waitingOn: string[];
  readonly batchId: string | null;
  readonly released: boolean;
  /** The request came again with other fields, which were not posted: an operator decides. */
  readonly superseded: boolean;
  readonly text: string | null;
  readonly changedAt: string;
  /** Only present when a single posting is read. */
  readonly outcomes?: { readonly requestId: string; readonly result: string; readonly concludedAt: string; readonly published: boolean }[];
}

/** Answer of `GET /postings` of erp-sink. `counts`: state -> number, of the whole ledger. */
export interface LedgerPostingsView {
  readonly counts: Readonly<Record<string, number>>;
  readonly postings: LedgerPostingView[];
}

/** Answer of `GET /batches`, newest first; with `unreleased` a page of those that are not released, the oldest first. */
export interface BatchesView {
  readonly batches: OpenBatchView[];
  /** Cursors of the pages around this one; null where there is none, and without `unreleased`. */
  readonly next: string | null;
  readonly previous: string | null;
  /** All that are not released, of every page; null without `unreleased`. */
  readonly total: BatchTotalView | null;
}

/** How many batches, with how many documents and how much money. */
export interface BatchTotalView {
  readonly batches: number;
  readonly documents: number;
  readonly amounts: readonly AmountView[];
}

/** Answer of `POST /batches/:batchId/release-orders`; `order` where it waits for a second person. */
export interface ReleaseOrderedView {
  readonly batchId: string;
  readonly state: string;
  readonly order?: ReleaseOrderView;
}

/** Answer of `GET /release-orders`, newest first. */
export interface ReleaseOrdersView {
  readonly orders: ReleaseOrderView[];
}

/** Answer of `GET /targets` of erp-sink. */
export interface TargetsView {
  readonly targets: TargetView[];
}

/** Answer of `GET /identity/colleagues`. */
export interface ColleaguesView {
  readonly colleagues: ColleagueView[];
}

/** Answer of `GET /identity/sessions`. */
export interface OwnSessionsView {
  readonly sessions: OwnSessionView[];
}

/** Answer of `GET /identity/people`. */
export interface PeoplePage {
  readonly people: PersonView[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /identity/tokens`. */
export interface ApiTokensView {
  readonly tokens: ApiTokenView[];
}

/** Answer of `POST /identity/sign-out`. `redirect`: where to sign out at the identity provider. */
export interface SignedOutView {
  readonly redirect: string | null;
}

/** Answer of `GET /identity/revocations`: what other services refuse although it has not expired. */
export interface RevocationsView {
  /** Ids of tokens. */
  readonly tokens: readonly string[];
  /** Subjects whose tokens that were issued before a time (s since 1970) are refused. */
  readonly subjects: readonly { readonly subject: string; readonly issuedBefore: number }[];
}

/** Answer of `POST /translations` of transform. */
export interface TranslationView {
  /** `value` is the Avro encoding of the event's record with the current schema, base64, without Confluent's prefix. */
  readonly facts: readonly {
    readonly eventId: string;
    readonly eventType: string;
    readonly sequence: string;
    readonly sourceEventId: string;
    readonly value: string;
  }[];
  readonly ignoredReason: string | null;
  /** Why the body cannot be translated; `facts` is then empty. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}
