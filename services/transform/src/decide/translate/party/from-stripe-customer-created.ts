import { events } from '@tributary/contracts';
import { newestCustomer } from './stripe-customer.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { requestFor } from '../enrichment.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * customer.created -> party.customer-created.
 * Shape:  1 -> 1. The customer is read anew when the API answers; without an answer the snapshot of the event is told.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md section 3 ("or re-read the object") and 7.
 */
export const fromStripeCustomerCreated: Mapper = {
  enrichmentNeeded: (event) => requestFor('customer', event.object.id('id'), true),
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
