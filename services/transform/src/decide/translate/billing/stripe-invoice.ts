import type { Invoice } from '@tributary/contracts';
import { Amounts, taxNumbers } from '../amounts.js';
import { requiredNow } from '../enrichment.js';
import { addressOf } from '../party/stripe-customer.js';
import type { Reading } from '../told.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { invoiceStatuses } from '../../stripe-model/stripe-values.js';
import { invoiceLineOf } from './stripe-invoice-line.js';

/**
 * An invoice with all its lines. Stripe embeds ten at most; the whole list is a required read when it says that there are more.
 * Key: the customer; sequence: the invoice.
 */
export const invoiceReading: Reading<{ invoice: Invoice }> = {
  enrichmentNeeded: ({ object }) => (hasMoreLines(object) ? requiredNow('invoice_lines', object.id('id')) : []),
  read: ({ object }, { invoice_lines: list }) => {
    const invoice = invoiceOf(object, list);
    return { part: { invoice }, key: invoice.customerId ?? invoice.invoiceId, sequence: invoice.invoiceId };
  },
};

/**
 * A Stripe invoice in canonical words.
 * Units:  integer minor units of the invoice's currency; times in milliseconds.
 * Errors: InvalidStripeObjectError; UnknownStripeValueError for a status that is not known: it says whether anything is owed; MoneyError.
 * Source: docs/reference/stripe.md sections 7 (tax) and 12.
 * @param list all lines as read from Stripe; without it the embedded ones.
 */
export function invoiceOf(invoice: StripeObject, list: StripeObject | undefined): Invoice {
  const subscription = invoice.objectOrNull('parent')?.objectOrNull('subscription_details');
  const lines = list?.arrayOf('data') ?? invoice.listOf('lines');
  return {
    invoiceId: invoice.id('id'),
    number: invoice.textOrNull('number'),
    customerId: invoice.idOrNull('customer'),
    subscriptionId: subscription?.idOrNull('subscription') ?? null,
    status: invoice.word('status', invoiceStatuses),
    billingReason: invoice.textOrNull('billing_reason'),
    collectionMethod: invoice.textOrNull('collection_method'),
    ...nameOnDocument(invoice),
    ...amountsOf(invoice),
    attemptCount: invoice.countOrNull('attempt_count') ?? 0,
    nextAttemptAt: invoice.timeMsOrNull('next_payment_attempt'),
    ...timesOf(invoice),
    purchaseOrder: null, // Stripe has no field for it: merchants use a custom field with a name of their own.
    customFields: invoice.arrayOf('custom_fields').map((field) => ({ key: field.text('name'), value: field.textOrNull('value') })),
    lines: lines.map(invoiceLineOf),
    linesComplete: list !== undefined || !hasMoreLines(invoice),
    subscriptionMetadata: subscription?.metadata() ?? {},
    metadata: invoice.metadata(),
  };
}

function nameOnDocument(
  invoice: StripeObject,
): Pick<Invoice, 'customerName' | 'customerEmail' | 'customerAddress' | 'customerTaxExempt' | 'customerTaxIds'> {
  return {
    customerName: invoice.textOrNull('customer_name'),
    customerEmail: invoice.textOrNull('customer_email'),
    customerAddress: addressOf(invoice.objectOrNull('customer_address')),
    customerTaxExempt: invoice.textOrNull('customer_tax_exempt'),
    customerTaxIds: taxNumbers(invoice.arrayOf('customer_tax_ids')),
  };
}

function amountsOf(invoice: StripeObject) {
  const amounts = new Amounts(invoice.text('currency'));
  const taxes = invoice.arrayOf('total_taxes');
  return {
    subtotal: amounts.of(invoice, 'subtotal'),
    discountTotal: amounts.sum(invoice.arrayOf('total_discount_amounts')),
    taxTotal: amounts.sum(taxes),
    shippingTotal: amounts.orNull(invoice.objectOrNull('shipping_cost'), 'amount_subtotal'),
    total: amounts.of(invoice, 'total'),
    amountDue: amounts.of(invoice, 'amount_due'),
    amountPaid: amounts.of(invoice, 'amount_paid'),
    amountRemaining: amounts.of(invoice, 'amount_remaining'),
    paidOffSource: amounts.orNull(invoice, 'amount_paid_off_stripe'),
    startingBalance: amounts.orNull(invoice, 'starting_balance'),
    endingBalance: amounts.orNull(invoice, 'ending_balance'),
    prePaymentCredits: amounts.orNull(invoice, 'pre_payment_credit_notes_amount'),
    postPaymentCredits: amounts.orNull(invoice, 'post_payment_credit_notes_amount'),
    taxes: amounts.taxes(taxes),
  };
}

function timesOf(invoice: StripeObject) {
  const moments = invoice.objectOrNull('status_transitions');
  return {
    createdAt: invoice.timeMs('created'),
    effectiveAt: invoice.timeMsOrNull('effective_at'),
    finalisedAt: moments?.timeMsOrNull('finalized_at') ?? null,
    paidAt: moments?.timeMsOrNull('paid_at') ?? null,
    voidedAt: moments?.timeMsOrNull('voided_at') ?? null,
    markedUncollectibleAt: moments?.timeMsOrNull('marked_uncollectible_at') ?? null,
    dueAt: invoice.timeMsOrNull('due_date'),
  };
}

function hasMoreLines(invoice: StripeObject): boolean {
  return invoice.objectOrNull('lines')?.raw('has_more') === true;
}
