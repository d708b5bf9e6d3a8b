import { events } from '@tributary/contracts';
import type { MapperTable } from '../mapper.js';
import { toldAs, toldAsChanged } from '../told.js';
import { fromStripeCustomerCreated } from './from-stripe-customer-created.js';
import { fromStripeCustomerDeleted } from './from-stripe-customer-deleted.js';
import { fromStripeCustomerUpdated } from './from-stripe-customer-updated.js';
import { taxIdReading } from './stripe-tax-id.js';

/** Stripe events that become facts of `party.v1`. */
export const partyMappers: MapperTable = {
  'customer.created': fromStripeCustomerCreated,
  'customer.updated': fromStripeCustomerUpdated,
  'customer.deleted': fromStripeCustomerDeleted,
  'customer.tax_id.created': toldAs(events.taxIdCreated, taxIdReading),
  'customer.tax_id.updated': toldAsChanged(events.taxIdUpdated, taxIdReading),
  'customer.tax_id.deleted': toldAs(events.taxIdDeleted, taxIdReading),
};
