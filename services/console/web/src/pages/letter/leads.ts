import { routeOf } from '@tributary/console/routes';
import { addressPart } from '../../format/text.js';
import { hrefOf, paymentHref } from '../../shell/address.js';

/** The page of an order; where the console has none, what the audit trail has about it. */
export function orderHref(order: string): string {
  const page = `/orders/${addressPart(order)}`;
  return routeOf(page) ? page : hrefOf('/audit', { object: `order:${order}` });
}

/** The page of an event of Stripe; where the console has none, the payment that it belongs to. */
export function eventHref(event: string): string {
  const page = `/events/${addressPart(event)}`;
  return routeOf(page) ? page : paymentHref(event);
}
