import type {
  DisputeClosed,
  DisputeFundsReinstated,
  DisputeFundsWithdrawn,
  DisputeOpened,
  DisputeUpdated,
  NewsKind,
  NewsView,
  PaymentFailed,
  RefundCreated,
  RefundFailed,
  RefundUpdated,
} from '@tributary/contracts';
import { amountText, amountView } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** A fact about a charge after its payment, as it is stored. */
export interface ReportedNews {
  readonly factId: string;
  readonly eventId: string;
  readonly chargeId: string;
  readonly kind: NewsKind;
  /** Id of the refund or dispute; for a failure, the id of the charge itself. */
  readonly objectId: string;
  readonly atMs: number;
  readonly minor: string;
  readonly currency: string;
  /** Status of the refund or dispute. */
  readonly status: string | null;
  /** Reason as Stripe words it. */
  readonly reason: string | null;
  /** True for an inquiry: the bank only asks, and no money moves. */
  readonly inquiry: boolean;
}

/** A reported fact with whether it was booked. */
export interface KnownNews extends ReportedNews {
  /** True when a flow booked the fact: one of its postings has a document in the ledger. */
  readonly booked: boolean;
  /** True while the event that reported it is processed: its booking is on its way. */
  readonly inFlight: boolean;
}

type RefundFact = RefundCreated | RefundUpdated | RefundFailed;
type DisputeFact = DisputeOpened | DisputeUpdated | DisputeClosed | DisputeFundsWithdrawn | DisputeFundsReinstated;

/** A failed payment as news about its charge. Whether it failed after it had succeeded is decided where both facts are known. */
export function newsOfFailure(fact: PaymentFailed, factId: string): ReportedNews {
  return {
    factId,
    eventId: fact.source.eventId,
    chargeId: fact.chargeId,
    kind: 'failed',
    objectId: fact.chargeId,
    atMs: fact.source.occurredAt,
    minor: fact.amount.minor.toString(),
    currency: fact.amount.currency,
    status: null,
    reason: joined(fact.failureCode, fact.failureText),
    inquiry: false,
  };
}

/** A refund as news about its charge; undefined when it names no charge. */
export function newsOfRefund(kind: NewsKind, { refund, source }: RefundFact, factId: string): ReportedNews | undefined {
  if (refund.chargeId === null) return undefined;
  return {
    factId,
    eventId: source.eventId,
    chargeId: refund.chargeId,
    kind: refund.status === 'failed' ? 'refund-failed' : kind,
    objectId: refund.refundId,
    atMs: source.occurredAt,
    minor: refund.amount.minor.toString(),
    currency: refund.amount.currency,
    status: refund.status,
    reason: refund.failureReason ?? refund.reason,
    inquiry: false,
  };
}

/** A dispute as news about its charge; undefined when it names no charge. */
export function newsOfDispute(kind: NewsKind, { dispute, source }: DisputeFact, factId: string): ReportedNews | undefined {
  if (dispute.chargeId === null) return undefined;
  return {
    factId,
    eventId: source.eventId,
    chargeId: dispute.chargeId,
    kind,
    objectId: dispute.disputeId,
    atMs: source.occurredAt,
    minor: dispute.amount.minor.toString(),
    currency: dispute.amount.currency,
    status: dispute.status,
    reason: dispute.reason,
    inquiry: dispute.inquiry,
  };
}

/** News for display, oldest first. */
export function newsViews(news: readonly ReportedNews[]): NewsView[] {
  return [...news].sort(byTime).map((one) => ({
    at: isoTime(new Date(one.atMs)) ?? '',
    kind: one.kind,
    amount: amountView(one.minor, one.currency),
    title: titleOf(one),
    text: one.reason,
    eventId: one.eventId,
  }));
}

/**
 * What contradicts a receipt in the ledger: one sentence per refund, dispute or failure that no flow has booked. Independent of the order
 * in which the facts arrived.
 */
export function unbookedNews(news: readonly KnownNews[]): string[] {
  const byObject = new Map<string, KnownNews[]>();
  for (const one of [...news].sort(byTime)) byObject.set(one.objectId, [...(byObject.get(one.objectId) ?? []), one]);
  return [...byObject.values()].map(contradiction).filter((one) => one !== undefined);
}

/**
 * What contradicts a receipt in what was reported about one refund, dispute or failure, oldest first; undefined: nothing does, or not yet, while
 * a report of it is still processed.
 */
export function contradiction(about: readonly KnownNews[]): string | undefined {
  if (isOnItsWay(about)) return undefined;
  const booked = isBooked(about);
  // A failed refund is reported on its own: the customer has to be paid in another way, whether or not the refund was booked.
  const failedRefund = about.filter(({ kind }) => kind === 'refund-failed');
  if (failedRefund.length > 0) return unbooked(failedRefund);
  const cancelled = about.filter(({ kind, status }) => kind.startsWith('refund') && status === 'canceled');
  if (cancelled.length > 0) return booked ? unbooked(cancelled) : undefined;
  const returned = about.filter(({ kind, status }) => kind === 'dispute-reinstated' || (kind.startsWith('dispute') && status === 'won'));
  if (returned.length > 0) return booked ? unbooked(returned) : undefined;
  const heaviest = about.find(({ kind }) => kind === 'dispute-withdrawn') ?? about.find(takesMoney);
  return booked || heaviest === undefined ? undefined : titleOf(heaviest);
}

/** Whether something that was reported about one refund, dispute or failure is still processed. */
export const isOnItsWay = (about: readonly KnownNews[]): boolean => about.some(({ inFlight }) => inFlight);

/** Stripe tells the same more than once, `refund.failed` and `refund.updated` for example: one booking is enough for all. */
const isBooked = (same: readonly KnownNews[]): boolean => same.some(({ booked }) => booked);

const unbooked = (same: readonly KnownNews[]): string | undefined => (isBooked(same) || !same[0] ? undefined : titleOf(same[0]));

/** No money moves by an inquiry, nor by a dispute that was prevented (docs/reference/stripe.md). */
function takesMoney({ kind, inquiry, status }: KnownNews): boolean {
  return kind === 'dispute-withdrawn' || !(inquiry || (kind.startsWith('dispute') && status === 'prevented'));
}

function titleOf(news: ReportedNews): string {
  const amount = amountText(amountView(news.minor, news.currency));
  switch (news.kind) {
    case 'failed':
      return `Stripe took back ${amount}`;
    case 'refund':
      return `Stripe refunded ${amount}`;
    case 'refund-updated':
      return `Refund of ${amount} changed: ${news.status ?? 'no status'}`;
    case 'refund-failed':
      return `Refund of ${amount} failed: the money came back to the balance`;
    case 'dispute':
      return news.inquiry ? `Inquiry about ${amount}: no money moved` : `Dispute over ${amount}`;
    case 'dispute-updated':
      return `Dispute over ${amount} changed: ${news.status ?? 'no status'}`;
    case 'dispute-withdrawn':
      return `Stripe took back ${amount} because of a dispute`;
    case 'dispute-reinstated':
      return `Stripe gave back ${amount} after a dispute`;
    case 'dispute-closed':
      return `Dispute over ${amount} closed: ${news.status ?? 'no status'}`;
    default:
      return `Stripe reported ${String(news.kind)} over ${amount}`;
  }
}

function joined(...texts: readonly (string | null)[]): string | null {
  return texts.filter((text) => text !== null && text !== '').join(': ') || null;
}

/** Oldest first. Stripe's times have a resolution of one second, so the id of the fact breaks ties. */
function byTime(a: ReportedNews, b: ReportedNews): number {
  return a.atMs - b.atMs || (a.factId < b.factId ? -1 : 1);
}
