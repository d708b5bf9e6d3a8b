import { events } from '@tributary/contracts';
import type { InvoicePaymentApplied } from '@tributary/contracts';
import { Amounts } from '../amounts.js';
import { toldAs } from '../told.js';

/**
 * invoice_payment.paid -> billing.invoice-payment-applied: which payment paid an invoice, and how much of it. Since API 2025-03-31 nothing else
 * tells it. Key and sequence: the payment; the invoice where it was paid outside of Stripe.
 * Units:  minor units of the invoice's currency.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md sections 1 and 7.
 */
export const fromStripeInvoicePaymentPaid = toldAs<Omit<InvoicePaymentApplied, 'source'>>(events.invoicePaymentApplied, {
  read: ({ object }) => {
    const payment = object.objectOrNull('payment');
    const paymentIntentId = payment?.idOrNull('payment_intent') ?? null;
    const chargeId = payment?.idOrNull('charge') ?? null;
    const invoiceId = object.id('invoice');
    const paymentId = paymentIntentId ?? chargeId;
    return {
      part: {
        invoicePaymentId: object.id('id'),
        invoiceId,
        customerId: null,
        paymentId,
        paymentIntentId,
        chargeId,
        amount: new Amounts(object.text('currency')).of(object, 'amount_paid'),
        paidAt: object.objectOrNull('status_transitions')?.timeMsOrNull('paid_at') ?? null,
      },
      key: paymentId ?? invoiceId,
      sequence: paymentId ?? invoiceId,
    };
  },
});
