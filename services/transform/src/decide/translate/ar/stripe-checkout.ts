import type { Checkout, CheckoutLine, CustomField, Payer, Shipping } from '@tributary/contracts';
import { Amounts, quantityOf, taxNumbers } from '../amounts.js';
import { requiredNow } from '../enrichment.js';
import { addressOf } from '../party/stripe-customer.js';
import type { Reading } from '../told.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { checkoutPaymentStatuses } from '../../stripe-model/stripe-values.js';

type CheckoutPart = { checkout: Checkout };

/** A session that became an order: its lines are a required read, because no event embeds them. */
export const orderReading: Reading<CheckoutPart> = {
  enrichmentNeeded: ({ object }) => requiredNow('checkout_lines', object.id('id')),
  read: ({ object }, { checkout_lines: list }) => told(checkoutOf(object, list)),
};

/** A session that nobody pays: its lines are not read. */
export const abandonedReading: Reading<CheckoutPart> = { read: ({ object }) => told(checkoutOf(object, undefined)) };

/** Key: the customer, else the payment; sequence: the payment, because the order is told in order with it. */
function told(checkout: Checkout) {
  const sequence = checkout.paymentId ?? checkout.checkoutId;
  return { part: { checkout }, key: checkout.customerId ?? sequence, sequence };
}

/**
 * A Stripe checkout session in canonical words. Its id is the id of the sale.
 * Units:  minor units of the session's currency; a session that saves a payment method has none and amounts to nothing.
 * Errors: InvalidStripeObjectError; UnknownStripeValueError for a payment status that is not known: it says whether to deliver; MoneyError.
 * Source: docs/reference/stripe.md section 7 (Checkout, shipping, tax).
 * @param list its lines as read from Stripe.
 */
export function checkoutOf(session: StripeObject, list: StripeObject | undefined): Checkout {
  const amounts = new Amounts(session.textOrNull('currency') ?? 'XXX');
  const details = session.objectOrNull('customer_details');
  const totals = session.objectOrNull('total_details');
  const paymentIntentId = session.idOrNull('payment_intent');
  const nothing = amounts.sum([]);
  return {
    checkoutId: session.id('id'),
    mode: session.text('mode'),
    status: session.textOrNull('status'),
    paymentStatus: session.word('payment_status', checkoutPaymentStatuses),
    paymentId: paymentIntentId,
    paymentIntentId,
    subscriptionId: session.idOrNull('subscription'),
    invoiceId: session.idOrNull('invoice'),
    customerId: session.idOrNull('customer'),
    payer: payerOf(details, session),
    taxExempt: details?.textOrNull('tax_exempt') ?? null,
    taxIds: taxNumbers(details?.arrayOf('tax_ids') ?? []),
    shipping: shippingOf(session),
    clientReference: session.textOrNull('client_reference_id'),
    customFields: session.arrayOf('custom_fields').map(customFieldOf),
    subtotal: amounts.orNull(session, 'amount_subtotal') ?? nothing,
    discount: amounts.orNull(totals, 'amount_discount') ?? nothing,
    shippingCost: amounts.orNull(session.objectOrNull('shipping_cost'), 'amount_subtotal') ?? nothing,
    tax: amounts.orNull(totals, 'amount_tax') ?? nothing,
    total: amounts.orNull(session, 'amount_total') ?? nothing,
    lines: list?.arrayOf('data').map(lineOf) ?? [],
    linesComplete: list !== undefined,
    createdAt: session.timeMs('created'),
    metadata: session.metadata(),
  };
}

function payerOf(details: StripeObject | null, session: StripeObject): Payer {
  return {
    name: details?.textOrNull('name') ?? null,
    email: details?.textOrNull('email') ?? session.textOrNull('customer_email'),
    phone: details?.textOrNull('phone') ?? null,
    address: addressOf(details?.objectOrNull('address') ?? null),
  };
}

/** Until API 2025-03-31 it stood in the session itself. */
function shippingOf(session: StripeObject): Shipping | null {
  const shipping =
    session.objectOrNull('collected_information')?.objectOrNull('shipping_details') ?? session.objectOrNull('shipping_details');
  if (!shipping) return null;
  return { name: shipping.textOrNull('name'), phone: null, address: addressOf(shipping.objectOrNull('address')) };
}

/** The value stands in a field named like the type: `text`, `numeric` or `dropdown`. */
function customFieldOf(field: StripeObject): CustomField {
  return { key: field.text('key'), value: field.objectOrNull(field.text('type'))?.textOrNull('value') ?? null };
}

function lineOf(line: StripeObject): CheckoutLine {
  const amounts = new Amounts(line.text('currency'));
  const price = line.objectOrNull('price');
  return {
    lineId: line.id('id'),
    description: line.textOrNull('description'),
    priceId: price?.id('id') ?? null,
    productId: price?.idOrNull('product') ?? null,
    quantity: quantityOf(line),
    subtotal: amounts.of(line, 'amount_subtotal'),
    discount: amounts.of(line, 'amount_discount'),
    tax: amounts.of(line, 'amount_tax'),
    total: amounts.of(line, 'amount_total'),
  };
}
