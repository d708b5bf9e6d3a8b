import type { InvoiceLine } from '@tributary/contracts';
import { Amounts, quantityOf } from '../amounts.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/**
 * A line of a Stripe invoice in canonical words.
 * Units:  minor units of the line's currency; a negative amount is a credit. `period` is when the service is given: equal start and end is one-off.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md sections 7 and 12 (periods, proration).
 */
export function invoiceLineOf(line: StripeObject): InvoiceLine {
  const amounts = new Amounts(line.text('currency'));
  const parent = line.objectOrNull('parent');
  const item = parent?.objectOrNull('subscription_item_details') ?? parent?.objectOrNull('invoice_item_details') ?? null;
  const credited = item?.objectOrNull('proration_details')?.objectOrNull('credited_items') ?? null;
  const pricing = line.objectOrNull('pricing');
  const price = pricing?.objectOrNull('price_details') ?? null;
  const period = line.object('period');
  return {
    lineId: line.id('id'),
    description: line.textOrNull('description'),
    amount: amounts.of(line, 'amount'),
    discountTotal: line.raw('discount_amounts') === null ? null : amounts.sum(line.arrayOf('discount_amounts')),
    quantity: quantityOf(line),
    unitAmount: pricing?.textOrNull('unit_amount_decimal') ?? null,
    priceId: price?.idOrNull('price') ?? null,
    productId: price?.idOrNull('product') ?? null,
    subscriptionId: item?.idOrNull('subscription') ?? line.idOrNull('subscription'),
    subscriptionItemId: item?.idOrNull('subscription_item') ?? null,
    invoiceItemId: item?.idOrNull('invoice_item') ?? null,
    period: { start: period.timeMs('start'), end: period.timeMs('end') },
    proration: item?.raw('proration') === true,
    creditedInvoiceId: credited?.idOrNull('invoice') ?? null,
    creditedLineIds: credited?.ids('invoice_line_items') ?? [],
    taxes: amounts.taxes(line.arrayOf('taxes')),
    metadata: line.metadata(),
  };
}
