import { isJsonObject } from '../stripe-object.js';
import type { Json } from '../stripe-event.js';
import { chargeAmountCaptured } from './charge-amount-captured.js';
import { chargeEmbeddedRefunds } from './charge-embedded-refunds.js';
import { chargeRefundList } from './charge-refund-list.js';
import { chargeSourceDetails } from './charge-source-details.js';
import { chargeStatus } from './charge-status.js';
import { customerShortForm } from './customer-short-form.js';
import { creditNoteTaxes, invoiceParent } from './invoice-parent.js';
import { paymentIntentLatestCharge } from './payment-intent-latest-charge.js';
import { refundCustomer } from './refund-customer.js';
import { requestObject } from './request-object.js';
import { isBefore } from './version-adapter.js';
import type { VersionAdapter } from './version-adapter.js';

/** Oldest shape change first, so that each adapter finds the shape its successor expects. */
export const versionAdapters: readonly VersionAdapter[] = [
  requestObject,
  chargeRefundList,
  chargeStatus,
  chargeSourceDetails,
  chargeAmountCaptured,
  chargeEmbeddedRefunds,
  paymentIntentLatestCharge,
  refundCustomer,
  customerShortForm,
  invoiceParent,
  creditNoteTaxes,
];

/**
 * A Stripe event in the shape of the pinned version.
 * Source: docs/reference/stripe.md section 1, "Major shape changes".
 */
export function toPinnedShape(event: Json): Json {
  return versionAdapters.reduce(applied, event);
}

function applied(event: Json, adapter: VersionAdapter): Json {
  if (adapter.changedIn !== undefined && !isBefore(event.api_version, adapter.changedIn)) return event;
  if (adapter.object === undefined) return adapter.appliesTo(event) ? adapter.adapt(event) : event;
  const data = event.data;
  if (!isJsonObject(data) || !isJsonObject(data.object) || data.object.object !== adapter.object) return event;
  return adapter.appliesTo(data.object) ? { ...event, data: { ...data, object: adapter.adapt(data.object) } } : event;
}
