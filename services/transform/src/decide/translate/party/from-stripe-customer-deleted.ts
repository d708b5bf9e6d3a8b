import { events } from '@tributary/contracts';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * customer.deleted -> party.customer-deleted.
 * Shape:  1 -> 1. Usually the event carries the whole last object, sometimes only {id, object, deleted}: only the id is read.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md section 7, "Deleted objects".
 */
export const fromStripeCustomerDeleted: Mapper = {
  translate: (event) => {
    const customerId = event.object.id('id');
    return facts({ event: events.customerDeleted, value: { source: sourceOf(event), customerId }, key: customerId, sequence: customerId });
  },
};
