import { events } from '@tributary/contracts';
import type { MapperTable } from '../mapper.js';
import { toldAs, toldAsChanged } from '../told.js';
import { fromStripeInvoicePaymentPaid } from './from-stripe-invoice-payment-paid.js';
import { invoiceReading } from './stripe-invoice.js';
import { gonePrice, goneProduct, priceReading, productReading } from './stripe-product.js';
import { subscriptionReading } from './stripe-subscription.js';

/**
 * Stripe events that become facts of `billing.v1`. `invoice.payment_succeeded` comes beside `invoice.paid`, which also tells payments outside of
 * Stripe, so it is not translated. Source: docs/reference/stripe.md section 12.
 */
export const billingMappers: MapperTable = {
  'invoice.created': toldAs(events.invoiceDrafted, invoiceReading),
  'invoice.updated': toldAsChanged(events.invoiceUpdated, invoiceReading),
  'invoice.finalized': toldAs(events.invoiceFinalised, invoiceReading),
  'invoice.paid': toldAs(events.invoicePaid, invoiceReading),
  'invoice.payment_failed': toldAs(events.invoicePaymentFailed, invoiceReading),
  'invoice.voided': toldAs(events.invoiceVoided, invoiceReading),
  'invoice.marked_uncollectible': toldAs(events.invoiceMarkedUncollectible, invoiceReading),
  'invoice_payment.paid': fromStripeInvoicePaymentPaid,
  'customer.subscription.created': toldAs(events.subscriptionCreated, subscriptionReading),
  'customer.subscription.updated': toldAsChanged(events.subscriptionUpdated, subscriptionReading),
  'customer.subscription.deleted': toldAs(events.subscriptionDeleted, subscriptionReading),
  'customer.subscription.trial_will_end': toldAs(events.subscriptionTrialEnding, subscriptionReading),
  'product.created': toldAs(events.productCreated, productReading),
  'product.updated': toldAsChanged(events.productUpdated, productReading),
  'product.deleted': toldAs(events.productDeleted, goneProduct),
  'price.created': toldAs(events.priceCreated, priceReading),
  'price.updated': toldAsChanged(events.priceUpdated, priceReading),
  'price.deleted': toldAs(events.priceDeleted, gonePrice),
};
