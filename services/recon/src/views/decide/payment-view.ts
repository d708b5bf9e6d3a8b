import type {
  EventState,
  PaymentStage,
  PaymentView,
  ReconciliationBasis,
  ReconciliationState,
  SettlementView,
  Standing,
} from '@tributary/contracts';
import { parseMaskedFields } from '@tributary/contracts';
import { knownDocumentResults } from '../../shared/decide/results.js';
import { amountView, optionalAmount } from '../../shared/decide/amount-view.js';
import type { StoredSettlement } from '../../reconciliation/decide/captures.js';
import { newsViews } from '../../reconciliation/decide/news.js';
import type { ReportedNews } from '../../reconciliation/decide/news.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** How far a payment's receipt has come. `result` is that of its newest outcome; undefined while it has none. */
export function paymentStage(requested: boolean, result: string | undefined): PaymentStage {
  if (result === 'released') return 'released';
  if (result !== undefined && knownDocumentResults.includes(result)) return 'posted';
  return requested ? 'requested' : 'canonical';
}

/** A captured charge with everything known about it, as the database has it. */
export interface PaymentRow {
  readonly id: string;
  readonly charge_id: string;
  readonly part: string;
  readonly payment_id: string | null;
  readonly event_id: string;
  readonly customer_id: string | null;
  readonly customer_name: string | null;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly received_at: Date;
  readonly requested: boolean;
  readonly result: string | null;
  readonly text: string | null;
  readonly reference: Record<string, string> | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly standing: Standing;
  readonly standing_reason: string | null;
  readonly reconciliation: ReconciliationState | null;
  readonly reconciliation_text: string | null;
  readonly reconciliation_basis: ReconciliationBasis | null;
  readonly settlement: StoredSettlement | null;
  readonly ledger_minor: string | null;
  readonly ledger_currency: string | null;
  readonly masked: string | null;
  readonly news: readonly ReportedNews[];
}

/** A captured charge for display. Never throws: an invalid row is shown with marks, so that it cannot break its list. */
export function paymentView(row: PaymentRow): PaymentView {
  return {
    chargeId: row.charge_id,
    part: row.part || null,
    paymentId: row.payment_id ?? row.charge_id,
    eventId: row.event_id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    amount: optionalAmount(row.minor, row.currency),
    receivedAt: isoTime(row.received_at) ?? '',
    stage: paymentStage(row.requested, row.result ?? undefined),
    state: row.state,
    reason: [row.reason, row.text].filter(Boolean).join(': ') || null,
    standing: row.standing,
    standingReason: row.standing_reason,
    settlement: settlementView(row.settlement),
    reconciliation: row.reconciliation ?? 'pending',
    reconciliationText: row.reconciliation_text,
    reconciliationBasis: row.reconciliation_basis,
    ledgerAmount: optionalAmount(row.ledger_minor, row.ledger_currency),
    reference: row.reference,
    news: newsViews(row.news),
    masked: row.masked === null ? [] : parseMaskedFields(row.masked).paths,
  };
}

/** Stripe's balance transaction for display. */
export function settlementView(settlement: StoredSettlement | null): SettlementView | null {
  if (settlement === null) return null;
  const { currency, gross, fee, net } = settlement;
  return {
    gross: amountView(gross, currency),
    fee: amountView(fee, currency),
    net: amountView(net, currency),
    basis: 'balance-transaction',
  };
}
