import type { VersionAdapter } from './version-adapter.js';

/** A deleted customer is told as the whole last object or as `{id, object, deleted}`; both become the short form. */
export const customerShortForm: VersionAdapter = {
  name: 'customer-short-form',
  changedIn: undefined,
  object: 'customer',
  appliesTo: (customer) => customer.deleted === true,
  adapt: (customer) => ({ id: customer.id, object: 'customer', deleted: true }),
};
