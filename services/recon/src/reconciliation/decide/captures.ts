import type { EventState, ReconciliationBasis, ReconciliationState, Standing } from '@tributary/contracts';
import { add, money } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import { knownDocumentResults } from '../../shared/decide/results.js';
import { reconcile } from './compare.js';
import type { Clearing, Compared, LedgerDocument, Settlement } from './compare.js';
import { unbookedNews } from './news.js';
import type { KnownNews } from './news.js';
import { standingOf } from './standing.js';

/** An amount as it is stored; it may be invalid for its currency. */
export interface StoredAmount {
  readonly minor: string;
  readonly currency: string;
}

/** The ledger's last answer about a receipt. */
export interface StoredReading {
  readonly postingKey: string;
  /** undefined when the ledger was not read yet. */
  readonly checkedAtMs: number | undefined;
  readonly ledger: StoredAmount | undefined;
  readonly released: boolean;
  readonly clearing: { readonly account: string; readonly currency: string | null; readonly minor: string | null } | undefined;
  /** Why the answer could not be interpreted. */
  readonly problem: string | null;
}

/** A payment fact with the state of its event and its receipt. */
export interface StoredPayment {
  readonly part: string;
  readonly eventId: string;
  readonly amount: StoredAmount;
  readonly receivedAtMs: number;
  readonly ageMs: number;
  readonly balanceTransactionId: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  /** Result of the receipt's posting requests that is furthest along; null while there is none. */
  readonly result: string | null;
  readonly requested: boolean;
  readonly reading: StoredReading | undefined;
}

/** A balance transaction as it is stored. */
export interface StoredSettlement {
  readonly id: string;
  readonly currency: string;
  readonly gross: string;
  readonly fee: string;
  readonly net: string;
}

/** A raw event that reports a capture and has no payment fact (yet). */
export interface StoredRawCapture {
  readonly eventId: string;
  readonly growth: boolean;
  readonly amount: StoredAmount | undefined;
  readonly chargedAtMs: number;
  readonly state: EventState;
  readonly reason: string | null;
}

/** Everything that is known about one charge. */
export interface ChargeEvidence {
  readonly chargeId: string;
  readonly payments: readonly StoredPayment[];
  readonly settlements: readonly StoredSettlement[];
  readonly news: readonly KnownNews[];
  readonly raw: readonly StoredRawCapture[];
}

/** One row of the list of captured charges. */
export interface CaptureRow {
  readonly id: string;
  readonly part: string;
  /** False when only the raw event is known. */
  readonly known: boolean;
  readonly eventId: string;
  readonly amount: StoredAmount | undefined;
  readonly receivedAtMs: number;
  readonly state: EventState;
  readonly standing: Standing;
  readonly standingReason: string | null;
  /** null when nothing can be compared. */
  readonly reconciliation: ReconciliationState | null;
  readonly reconciliationText: string | null;
  readonly reconciliationBasis: ReconciliationBasis | null;
  readonly settlement: StoredSettlement | undefined;
}

/** Every capture of a charge exactly once: from payment facts, and from raw events without a fact. */
export function capturesOf(evidence: ChargeEvidence): CaptureRow[] {
  const captures = evidence.payments.map((payment) => ({ payment, settlement: settlementOf(payment, evidence) }));
  const news = unbookedNews(evidence.news);
  const failed = evidence.news.some(({ kind }) => kind === 'failed');
  const rows = captures.map(({ payment, settlement }): CaptureRow => {
    const receipts = settlement && receiptsOf(captures.filter((one) => one.settlement?.id === settlement.id).map((one) => one.payment));
    const compared = comparedPayment(payment, settlement, receipts, news);
    const document = hasDocument(payment);
    const { standing, reason } = standingOf({
      state: payment.state,
      reason: payment.reason,
      receipt: document ? 'document' : payment.requested ? 'requested' : 'none',
      reconciliation: compared.state,
      reconciliationText: compared.text,
      failed,
      unbookedNews: news,
    });
    const compares = document || standing === 'onItsWay' || standing === 'needsPerson' || standing === 'inLedger';
    return {
      id: payment.part === '' ? evidence.chargeId : `${evidence.chargeId}/${payment.part}`,
      part: payment.part,
      known: true,
      eventId: payment.eventId,
      amount: payment.amount,
      receivedAtMs: payment.receivedAtMs,
      state: payment.state,
      standing,
      standingReason: reason,
      reconciliation: compares ? compared.state : null,
      reconciliationText: compares ? compared.text : null,
      reconciliationBasis: compares ? compared.basis : null,
      settlement,
    };
  });
  return [...rows, ...rawCaptures(evidence, failed)];
}

function comparedPayment(
  payment: StoredPayment,
  settlement: StoredSettlement | undefined,
  receipts: Money | undefined,
  news: readonly string[],
): Compared {
  const { reading } = payment;
  if (reading?.problem) return { state: 'different', basis: null, text: reading.problem };
  const read = reading?.checkedAtMs !== undefined;
  const booked = news.length > 0 && hasDocument(payment);
  if (!read) {
    const text = booked ? news.map((title) => `${title}: not booked in the ledger`).join('; ') : null;
    return { state: booked ? 'different' : 'pending', basis: null, text };
  }
  const ledger = reading && ledgerDocument(reading);
  // A receipt that an outcome reported and that the ledger no longer has is missing, whatever Stripe reported later.
  return reconcile({
    stripe: loose(payment.amount),
    settlement: settlement && asSettlement(settlement),
    ledger,
    ageMs: payment.ageMs,
    inFlight: payment.state === 'inFlight',
    receiptsOfSettlement: receipts,
    unbookedNews: news,
  });
}

/** Rows for raw events without a payment fact: one per charge, and one for each further capture that they report. */
function rawCaptures({ chargeId, payments, raw }: ChargeEvidence, failed: boolean): CaptureRow[] {
  const known = new Set(payments.map(({ eventId }) => eventId));
  const left = raw.filter(({ eventId }) => !known.has(eventId));
  const first = payments.length > 0 ? undefined : left.filter(({ growth }) => !growth).sort(byUrgency)[0];
  const later = left.filter((one) => one.growth && (one.state !== 'ignored' || one.reason === 'skipped'));
  return [...(first ? [first] : []), ...later].map((one) => {
    const { standing, reason } = standingOf({
      state: one.state,
      reason: one.reason,
      receipt: 'none',
      reconciliation: null,
      reconciliationText: null,
      failed,
      unbookedNews: [],
    });
    return {
      id: `event/${one.eventId}`,
      part: '',
      known: false,
      eventId: one.eventId,
      amount: one.amount,
      receivedAtMs: one.chargedAtMs,
      state: one.state,
      standing,
      standingReason: chargeId === one.eventId ? `The event could not be read. ${reason ?? ''}`.trim() : reason,
      reconciliation: null,
      reconciliationText: null,
      reconciliationBasis: null,
      settlement: undefined,
    };
  });
}

const urgency: readonly EventState[] = ['deadLettered', 'held', 'inFlight', 'posted', 'ignored'];

function byUrgency(a: StoredRawCapture, b: StoredRawCapture): number {
  return urgency.indexOf(a.state) - urgency.indexOf(b.state) || a.chargedAtMs - b.chargedAtMs || (a.eventId < b.eventId ? -1 : 1);
}

/** The balance transaction of a capture: the one that the capture names, else the only one of its charge that no other capture names. */
function settlementOf(payment: StoredPayment, { payments, settlements }: ChargeEvidence): StoredSettlement | undefined {
  if (payment.balanceTransactionId !== null) return settlements.find(({ id }) => id === payment.balanceTransactionId);
  const named = new Set(payments.map(({ balanceTransactionId }) => balanceTransactionId));
  const free = settlements.filter(({ id }) => !named.has(id));
  return free.length === 1 ? free[0] : undefined;
}

function hasDocument({ result, reading }: StoredPayment): boolean {
  if (reading?.checkedAtMs !== undefined && reading.ledger !== undefined) return true;
  return result !== null && knownDocumentResults.includes(result);
}

/** Sum of the receipts in the ledger; undefined when one of them is missing or their currencies differ. */
function receiptsOf(payments: readonly StoredPayment[]): Money | undefined {
  const documents = payments.map(({ reading }) => reading && ledgerDocument(reading)?.amount);
  if (documents.length === 0 || documents.includes(undefined)) return undefined;
  const amounts = documents as Money[];
  if (new Set(amounts.map(({ currency }) => currency)).size > 1) return undefined;
  return amounts.reduce((sum, amount) => add(sum, amount));
}

function ledgerDocument({ ledger, released, clearing }: StoredReading): LedgerDocument | undefined {
  if (!ledger) return undefined;
  return { amount: loose(ledger), released, clearing: clearing && clearingOf(clearing) };
}

function clearingOf({ account, currency, minor }: NonNullable<StoredReading['clearing']>): Clearing {
  return {
    account,
    currency: currency ?? undefined,
    amount: currency === null || minor === null ? undefined : loose({ minor, currency }),
  };
}

function asSettlement({ id, currency, gross, fee, net }: StoredSettlement): Settlement {
  const amount = (minor: string): Money => loose({ minor, currency });
  return { id, gross: amount(gross), fee: amount(fee), net: amount(net) };
}

/** Builds an amount without validating its currency: stored amounts may be invalid, and are still compared and shown. */
function loose({ minor, currency }: StoredAmount): Money {
  return /^[A-Za-z]{3}$/.test(currency) ? money(BigInt(minor), currency) : { minor: BigInt(minor), currency };
}
