import { events } from '@tributary/contracts';
import { newestCustomer } from './stripe-customer.js';
import { changedFields, sourceOf } from './stripe-event.js';
import { facts } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * customer.updated -> party.customer-updated.
 * Shape:  1 -> 1. `changed` names the changed fields of the event, in alphabetical order; the customer itself is the whole
 *         object, read anew when the API answers.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md sections 3, 4 (previous_attributes) and 7.
 */
export const fromStripeCustomerUpdated: Mapper = {
  wishes: (event) => ({ customerId: event.object.id('id'), freshCustomer: true }),
  translate: (event, enrichment) => {
    const customer = newestCustomer(event.object, enrichment.customer);
    const changed = changedFields(event);
    return facts({
      event: events.customerUpdated,
      value: { source: sourceOf(event), customer, changed },
      key: customer.customerId,
      sequence: customer.customerId,
    });
  },
};
