import type { VersionAdapter } from './version-adapter.js';

/** Refunds of older versions do not name their customer. Nobody is guessed: the payment becomes the key. */
export const refundCustomer: VersionAdapter = {
  name: 'refund-customer',
  changedIn: undefined,
  object: 'refund',
  appliesTo: (refund) => refund.customer === undefined,
  adapt: (refund) => ({ ...refund, customer: null }),
};
