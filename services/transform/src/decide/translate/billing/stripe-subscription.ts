import type { Period, Subscription, SubscriptionItem } from '@tributary/contracts';
import type { Reading } from '../told.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { quantityOf } from '../amounts.js';

/** A subscription. Key: the customer; sequence: the subscription. */
export const subscriptionReading: Reading<{ subscription: Subscription }> = {
  read: ({ object }) => {
    const subscription = subscriptionOf(object);
    return { part: { subscription }, key: subscription.customerId, sequence: subscription.subscriptionId };
  },
};

/**
 * A Stripe subscription in canonical words. Its status decides nothing about money (invoices do), so the list of statuses is open.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md sections 1 (periods moved to the items) and 12.
 */
export function subscriptionOf(subscription: StripeObject): Subscription {
  return {
    subscriptionId: subscription.id('id'),
    customerId: subscription.id('customer'),
    status: subscription.text('status'),
    currency: subscription.textOrNull('currency')?.toUpperCase() ?? null,
    collectionMethod: subscription.textOrNull('collection_method'),
    items: subscription.listOf('items').map((item) => itemOf(item, subscription)),
    itemsComplete: subscription.objectOrNull('items')?.raw('has_more') !== true,
    startedAt: subscription.timeMsOrNull('start_date') ?? subscription.timeMs('created'),
    trial: periodOf(subscription, 'trial_start', 'trial_end'),
    billingAnchorAt: subscription.timeMsOrNull('billing_cycle_anchor'),
    cancelAtPeriodEnd: subscription.raw('cancel_at_period_end') === true,
    cancelAt: subscription.timeMsOrNull('cancel_at'),
    cancelledAt: subscription.timeMsOrNull('canceled_at'),
    endedAt: subscription.timeMsOrNull('ended_at'),
    cancellationReason: subscription.objectOrNull('cancellation_details')?.textOrNull('reason') ?? null,
    latestInvoiceId: subscription.idOrNull('latest_invoice'),
    metadata: subscription.metadata(),
  };
}

/** Until API 2025-03-31 the subscription itself had the running period. */
function itemOf(item: StripeObject, subscription: StripeObject): SubscriptionItem {
  const price = item.objectOrNull('price') ?? item.objectOrNull('plan');
  return {
    itemId: item.id('id'),
    priceId: item.idOrNull('price') ?? item.id('plan'),
    productId: price?.idOrNull('product') ?? null,
    quantity: quantityOf(item),
    currentPeriod:
      periodOf(item, 'current_period_start', 'current_period_end') ?? periodOf(subscription, 'current_period_start', 'current_period_end'),
    metadata: item.metadata(),
  };
}

function periodOf(object: StripeObject, from: string, to: string): Period | null {
  const [start, end] = [object.timeMsOrNull(from), object.timeMsOrNull(to)];
  return start === null || end === null ? null : { start, end };
}
