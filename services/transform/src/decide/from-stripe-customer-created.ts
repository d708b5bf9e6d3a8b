import { events } from '@tributary/contracts';
import { newestCustomer } from './stripe-customer.js';
import { sourceOf } from './stripe-event.js';
import { facts } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * customer.created -> party.customer-created.
 * Shape:  1 -> 1. The customer is read anew when the API answers; without an answer the snapshot of the event is told.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md section 3 ("or re-read the object") and 7.
 */
export const fromStripeCustomerCreated: Mapper = {
  wishes: (event) => ({ customerId: event.object.id('id'), freshCustomer: true }),
  translate: (event, enrichment) => {
    const customer = newestCustomer(event.object, enrichment.customer);
    return facts({
      event: events.customerCreated,
      value: { source: sourceOf(event), customer },
      key: customer.customerId,
      sequence: customer.customerId,
    });
  },
};
