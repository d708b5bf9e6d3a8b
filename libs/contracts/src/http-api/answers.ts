import type { CauseView, ParkedView } from './dead-letters.js';
import type { OutcomeRow } from './messages.js';
import type { OrderView } from './orders.js';
import type { EventState, ReconciliationItem, ReconciliationState } from './payments.js';

/** Every answer that is not 2xx. */
export interface ErrorView {
  /** Stable dotted code (docs/error-codes.md); `Bad Request` and its like where the framework refused. */
  readonly error?: string;
  readonly message: string;
  readonly statusCode?: number;
}

/** Answer of `GET /dead-letters/causes`. */
export interface CausesView {
  readonly causes: CauseView[];
}

/** Answer of `GET /dead-letters/parked`. */
export interface ParkedPage {
  readonly parked: ParkedView[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /dead-letter-orders`, newest first. */
export interface OrdersView {
  readonly orders: OrderView[];
  readonly next: string | null;
  /** Cursor of the page before; null on the first one. */
  readonly previous: string | null;
  /** All orders that fit, of every page, and how many of them have not ended. */
  readonly total: { readonly count: number; readonly underWay: number };
}

/** Answer of `GET /reconciliation`. */
export interface ReconciliationPage {
  readonly summary: Readonly<Record<ReconciliationState, number>>;
  readonly items: ReconciliationItem[];
  readonly next: string | null;
}

/** A Stripe event. `deliveries` counts how often it was received; all but the first are duplicates. */
export interface EventRow {
  readonly eventId: string;
  readonly type: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly deliveries: number;
  readonly firstReceivedAt: string;
}

/** A canonical event that a Stripe event was translated into. */
export interface CanonicalEventRow {
  readonly canonicalId: string;
  readonly eventId: string;
  readonly type: string;
  readonly ignoredReason: string | null;
  readonly translatedAt: string | null;
}

/** A posting request and its outcome. */
export interface PostingRow {
  readonly requestId: string;
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly eventId: string;
  readonly result: string | null;
  readonly requestedAt: string | null;
}

/** Answer of `GET /events`, newest first. */
export interface EventsPage {
  readonly events: EventRow[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /canonical-events`, newest first. */
export interface CanonicalEventsPage {
  readonly canonicalEvents: CanonicalEventRow[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /postings` of recon, newest first. */
export interface PostingsPage {
  readonly postings: PostingRow[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /outcomes`, newest first. */
export interface OutcomesPage {
  readonly outcomes: OutcomeRow[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /events/:id`: one Stripe event with what became of it. */
export interface EventView extends Omit<EventRow, 'firstReceivedAt'> {
  readonly firstReceivedAt: string | null;
  readonly canonical: readonly {
    readonly eventId: string;
    readonly type: string;
    readonly ignoredReason: string | null;
    readonly postings: readonly { readonly postingKey: string; readonly result: string | null }[];
  }[];
}

/** Answer of `POST /audit`: where the row stands in the chain. */
export interface AuditReportView {
  readonly sequence: string;
  readonly hash: string;
}
