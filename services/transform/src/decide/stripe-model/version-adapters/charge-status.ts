import type { VersionAdapter } from './version-adapter.js';

/**
 * 2015-02-18: a charge's status `paid` became `succeeded`; before that there was only the flag `paid` [known]. A charge that is not paid has
 * failed when it says why; without that it may be pending, and stays without a status.
 */
export const chargeStatus: VersionAdapter = {
  name: 'charge-status',
  changedIn: '2015-02-18',
  object: 'charge',
  appliesTo: ({ status, paid, failure_code: code, failure_message: text }) =>
    status === 'paid' || (status === undefined && (paid === true || (paid === false && (isText(code) || isText(text))))),
  adapt: (charge) => ({ ...charge, status: charge.status === 'paid' || charge.paid === true ? 'succeeded' : 'failed' }),
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
