import type { RefundedSale } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { Amounts } from '../amounts.js';
import type { Enrichment } from '../enrichment.js';
import { chargeIdentity } from './stripe-charge.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/** A sale as facts name it. One sale has one id, whichever event tells of it first. */
export interface SaleIdentity {
  readonly id: string;
  readonly kind: 'checkout-session' | 'invoice' | 'order' | 'payment-intent' | 'charge';
}

/** Metadata key under which merchants keep the number of their order. */
export const orderReferenceKey = 'erp_order_ref';

/**
 * The sale that a charge pays: its invoice, else the merchant's order reference, else the payment.
 * A charge does not name its checkout session; the facts of the session do.
 * Source: docs/reference/stripe.md section 7.
 */
export function saleOfCharge(charge: StripeObject): SaleIdentity {
  const invoice = charge.idOrNull('invoice');
  if (invoice !== null) return { id: invoice, kind: 'invoice' };
  const order = charge.metadata()[orderReferenceKey];
  if (order) return { id: order, kind: 'order' };
  const { paymentIntentId, chargeId } = chargeIdentity(charge);
  return paymentIntentId === null ? { id: chargeId, kind: 'charge' } : { id: paymentIntentId, kind: 'payment-intent' };
}

/**
 * The sale that a refund gives back money of, with its total and tax: the checkout session, else the invoice, else what the charge tells.
 * Null when the charge is not known either.
 * Units:  minor units; a session or invoice has its own currency.
 * Source: docs/reference/stripe.md section 7: since API 2025-03-31 a charge names neither its session nor its invoice.
 */
export function refundedSale(
  { charge, payment_checkouts: checkouts, payment_invoices: payments }: Enrichment,
  currency: string,
): RefundedSale | null {
  const session = checkouts?.arrayOf('data')[0];
  if (session) return { id: session.id('id'), kind: 'checkout-session', ...totalsOfSession(session) };
  const invoice = paidInvoice(payments);
  if (invoice) return { id: invoice.id, kind: 'invoice', ...totalsOfInvoice(invoice.object) };
  return charge ? { ...saleOfCharge(charge), total: money(charge.integer('amount'), currency), tax: null } : null;
}

/** The invoice that a payment paid, from the list of its invoice payments; the first where it paid several. */
export function paidInvoice(payments: StripeObject | undefined): { readonly id: string; readonly object: StripeObject | null } | undefined {
  const [first] = payments?.arrayOf('data') ?? [];
  if (!first) return undefined;
  return { id: first.id('invoice'), object: typeof first.raw('invoice') === 'object' ? first.object('invoice') : null };
}

function totalsOfSession(session: StripeObject): Pick<RefundedSale, 'total' | 'tax'> {
  const amounts = new Amounts(session.text('currency'));
  return { total: amounts.orNull(session, 'amount_total'), tax: amounts.orNull(session.objectOrNull('total_details'), 'amount_tax') };
}

function totalsOfInvoice(invoice: StripeObject | null): Pick<RefundedSale, 'total' | 'tax'> {
  if (!invoice) return { total: null, tax: null };
  const amounts = new Amounts(invoice.text('currency'));
  return { total: amounts.of(invoice, 'total'), tax: amounts.sum(invoice.arrayOf('total_taxes')) };
}
