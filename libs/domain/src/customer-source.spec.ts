import fc from 'fast-check';
import { customerSource, stripeCustomerOfSource } from './customer-source.js';
import { parsePostingKey, postingKey } from './posting-key.js';

// https://github.com/stripe/stripe-node/issues/125: a customer id of the merchant's own making, there an e-mail address.
it.each(['cus_upquNHnKxoIQFO', 'office@shop.example', '4711', 'gcus_1', 'CUS-1'])('%s stands in the key as it is', (id) => {
  expect(customerSource(id)).toBe(id);
  expect(stripeCustomerOfSource(customerSource(id))).toBe(id);
});

it.each(['guest:ap@shop.example', 'id:x', 'a b', 'a/b', '', 'ü'.repeat(300)])('%j gets a form that no other id has', (id) => {
  expect(customerSource(id)).toMatch(/^id:/);
  expect(stripeCustomerOfSource(customerSource(id))).toBeUndefined();
});

it('any id has a posting key, and two ids never share one', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('guest:a', 'guest_a', 'id:a', 'a b', 'a_b', 'a/b'));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const source = customerSource(a);
      expect(parsePostingKey(postingKey({ target: 't', kind: 'customer', sourceId: source })).sourceId).toBe(source);
      expect(source === customerSource(b)).toBe(a === b);
    }),
  );
});
