import { money, toDecimalText } from '@tributary/domain';
import type { EventState } from './event-state.js';
import type { ReconciliationState } from './compare.js';

/** An amount on the wire: minor units as text (64 bits), and decimal text for people. */
export interface AmountView {
  readonly minor: string;
  readonly currency: string;
  readonly text: string;
}

export function amountView(minor: string, currency: string): AmountView {
  return { minor, currency, text: toDecimalText(money(BigInt(minor), currency)) };
}

export type PaymentStage = 'canonical' | 'requested' | 'posted' | 'released';

const saved = new Set(['posted', 'adopted', 'updated', 'duplicate']);

/** How far a payment's receipt has come. `result` is that of its newest outcome, undefined while there is none. */
export function paymentStage(requested: boolean, result: string | undefined): PaymentStage {
  if (result === 'released') return 'released';
  if (result !== undefined && saved.has(result)) return 'posted';
  return requested ? 'requested' : 'canonical';
}

/** A payment with all that is known of it, as the database has it. */
export interface PaymentRow {
  readonly charge_id: string;
  readonly payment_id: string;
  readonly event_id: string;
  readonly customer_id: string | null;
  readonly customer_name: string | null;
  readonly minor: string;
  readonly currency: string;
  readonly received_at: Date;
  readonly requested: boolean;
  readonly result: string | null;
  readonly text: string | null;
  readonly reference: Record<string, string> | null;
  readonly state: EventState | null;
  readonly reason: string | null;
  readonly reconciliation: ReconciliationState | null;
  readonly ledger_minor: string | null;
  readonly ledger_currency: string | null;
}

export interface PaymentView {
  readonly chargeId: string;
  readonly paymentId: string;
  readonly eventId: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly amount: AmountView;
  readonly receivedAt: string;
  readonly stage: PaymentStage;
  readonly state: EventState;
  readonly reason: string | null;
  readonly reconciliation: ReconciliationState;
  readonly ledgerAmount: AmountView | null;
  readonly reference: Record<string, string> | null;
}

export function paymentView(row: PaymentRow): PaymentView {
  return {
    chargeId: row.charge_id,
    paymentId: row.payment_id,
    eventId: row.event_id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    amount: amountView(row.minor, row.currency),
    receivedAt: row.received_at.toISOString(),
    stage: paymentStage(row.requested, row.result ?? undefined),
    state: row.state ?? 'inFlight',
    reason: [row.reason, row.text].filter(Boolean).join(': ') || null,
    reconciliation: row.reconciliation ?? 'pending',
    ledgerAmount: row.ledger_minor !== null && row.ledger_currency !== null ? amountView(row.ledger_minor, row.ledger_currency) : null,
    reference: row.reference,
  };
}
