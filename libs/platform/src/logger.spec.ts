import { redactSecrets } from './logger.js';

it.each([
  ['key sk_live_abcDEF123 refused', 'key [secret] refused'],
  ['secret whsec_demo_tributary of endpoint default', 'secret [secret] of endpoint default'],
  ['connecting postgres://tributary:pa55word@db:5432/x', 'connecting postgres://tributary:[secret]@db:5432/x'],
  ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: [secret]'],
  ['charge ch_3TomAsaFxA9Kd7NwT0VhK14jZ of cus_upquNHnKxoIQFO', 'charge ch_3TomAsaFxA9Kd7NwT0VhK14jZ of cus_upquNHnKxoIQFO'],
])('logs %p as %p', (text, masked) => {
  expect(redactSecrets(text)).toBe(masked);
});
