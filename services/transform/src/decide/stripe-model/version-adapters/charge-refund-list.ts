import type { VersionAdapter } from './version-adapter.js';

/** 2014: `charge.refunds` was a plain array, now a list object [known]. */
export const chargeRefundList: VersionAdapter = {
  name: 'charge-refund-list',
  changedIn: undefined,
  object: 'charge',
  appliesTo: (charge) => Array.isArray(charge.refunds),
  adapt: (charge) => ({ ...charge, refunds: { object: 'list', data: charge.refunds, has_more: false } }),
};
