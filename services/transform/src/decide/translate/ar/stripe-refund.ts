import type { Refund } from '@tributary/contracts';
import { InvalidStripeObjectError } from '../../errors.js';
import { refundContext } from './refund-context.js';
import { paidInvoice } from './sale.js';
import { creditNoteOfRefund } from './stripe-credit-note.js';
import { chargeMoney, settlementOf } from './stripe-charge.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { refundStatuses } from '../../stripe-model/stripe-values.js';
import { requiredFor, requiredNow } from '../enrichment.js';
import type { Enrichment, EnrichmentRequest } from '../enrichment.js';
import type { CanonicalFact } from '../mapper.js';

/**
 * What a refund is booked with: its balance transaction, that of its failure, its charge, the other refunds of the charge, and the order or
 * invoice that was paid. All required: a refund that is booked without knowing what was given back before could be booked twice in part.
 */
export function refundEnrichment(event: StripeEvent): EnrichmentRequest[] {
  const refund = event.object;
  const charge = refund.idOrNull('charge');
  return [
    ...requiredFor('balance_transaction', refund.idOrNull('balance_transaction')),
    ...requiredNow('failure_transaction', refund.idOrNull('failure_balance_transaction')),
    ...requiredNow('charge', charge),
    ...requiredNow('charge_refunds', charge),
    ...requiredNow('payment_checkouts', refund.idOrNull('payment_intent')),
    ...requiredNow('payment_invoices', refund.idOrNull('payment_intent')),
  ];
}

/** The credit notes of the invoice that was paid: one of them may be what this refund pays out. */
export function creditNotesOfRefund(_event: StripeEvent, { payment_invoices: payments }: Enrichment): EnrichmentRequest[] {
  return requiredNow('invoice_credit_notes', paidInvoice(payments)?.id ?? null);
}

/**
 * A Stripe refund in canonical words.
 * Units:  amount is positive, in minor units of the charge's currency; the settlement is negative: money leaves.
 * Errors: InvalidStripeObjectError also when neither payment intent nor charge is named; MoneyError.
 * Source: docs/reference/stripe.md section 11.
 */
export function refundOf(refund: StripeObject, enrichment: Enrichment): Refund {
  const chargeId = refund.idOrNull('charge');
  const paymentIntentId = refund.idOrNull('payment_intent');
  const paymentId = paymentIntentId ?? chargeId;
  if (paymentId === null) {
    const path = `${refund.path}.charge`;
    throw new InvalidStripeObjectError(`reading a Stripe refund: ${path} and payment_intent are both missing, so its payment is unknown`, {
      path,
    });
  }
  return {
    refundId: refund.id('id'),
    chargeId,
    paymentId,
    paymentIntentId,
    customerId: refund.idOrNull('customer'),
    amount: chargeMoney(refund, refund.integer('amount')),
    status: refund.wordOrNull('status', refundStatuses),
    reason: refund.textOrNull('reason'),
    createdAt: refund.timeMs('created'),
    balanceTransactionId: refund.idOrNull('balance_transaction'),
    settlement: settlementOf(enrichment.balance_transaction),
    failureSettlement: settlementOf(enrichment.failure_transaction),
    ...refundContext(refund, enrichment),
    creditNoteId: creditNoteOfRefund(refund.id('id'), enrichment.invoice_credit_notes),
    failureReason: refund.textOrNull('failure_reason'),
    failureBalanceTransactionId: refund.idOrNull('failure_balance_transaction'),
    metadata: refund.metadata(),
  };
}

/** Key and sequence of a refund: those of its payment. Refunds before 2026 name no customer; the payment stands in. */
export function refundKeyAndSequence(refund: Refund): Pick<CanonicalFact, 'key' | 'sequence'> {
  return { key: refund.customerId ?? refund.paymentId, sequence: refund.paymentId };
}
