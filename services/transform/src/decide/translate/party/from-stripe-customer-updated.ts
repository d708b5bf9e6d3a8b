import { events } from '@tributary/contracts';
import { newestCustomer } from './stripe-customer.js';
import { changedFields, sourceOf } from '../../stripe-model/stripe-event.js';
import { requestFor } from '../enrichment.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * customer.updated -> party.customer-updated.
 * Shape:  1 -> 1. `changed` names the changed fields of the event, in alphabetical order; the customer itself is the whole
 *         object, read anew when the API answers.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md sections 3, 4 (previous_attributes) and 7.
 */
export const fromStripeCustomerUpdated: Mapper = {
  enrichmentNeeded: (event) => requestFor('customer', event.object.id('id'), true),
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
