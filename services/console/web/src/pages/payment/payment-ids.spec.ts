import { stripeAddress } from './payment-ids.js';

it.each([
  ['pi_1', null, false, 'https://dashboard.stripe.com/payments/pi_1'],
  ['ch_1', null, true, 'https://dashboard.stripe.com/test/payments/ch_1'],
  ['pi_1', 'acct_1', true, 'https://dashboard.stripe.com/acct_1/test/payments/pi_1'],
  ['pi_1', '../evil', false, 'https://dashboard.stripe.com/payments/pi_1'],
  ['evt_1', null, false, undefined],
  ['pi_1/../../x', null, false, undefined],
  [null, null, false, undefined],
])('%s of account %s, test mode %s, is at %s', (id, account, testMode, address) => {
  expect(stripeAddress(id, account, testMode)).toBe(address);
});
