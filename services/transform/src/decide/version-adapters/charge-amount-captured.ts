import type { VersionAdapter } from './version-adapter.js';

/** Charges recorded before the field existed have no `amount_captured`: all of `amount` when captured, nothing when not. */
export const chargeAmountCaptured: VersionAdapter = {
  name: 'charge-amount-captured',
  changedIn: undefined,
  object: 'charge',
  appliesTo: (charge) => charge.amount_captured === undefined && typeof charge.captured === 'boolean',
  adapt: (charge) => ({ ...charge, amount_captured: charge.captured === true ? charge.amount : 0 }),
};
