import type { MapperTable } from '../mapper.js';
import { fromStripeCustomerCreated } from './from-stripe-customer-created.js';
import { fromStripeCustomerDeleted } from './from-stripe-customer-deleted.js';
import { fromStripeCustomerUpdated } from './from-stripe-customer-updated.js';

/** Stripe events that become facts of `party.v1`. */
export const partyMappers: MapperTable = {
  'customer.created': fromStripeCustomerCreated,
  'customer.updated': fromStripeCustomerUpdated,
  'customer.deleted': fromStripeCustomerDeleted,
};
