import fc from 'fast-check';
import { eventSubject } from './event-subject.js';

it.each([
  ['cus_upquNHnKxoIQFO', 'cus_upquNHnKxoIQFO'],
  ['pi_3TomAsaFxA9Kd7Nw', null],
  ['po_1', null],
  ['cus_', null],
  ["cus_1' or 1=1", null],
  [undefined, null],
  [null, null],
])('%j names the customer %j', (key, customerId) => {
  expect(eventSubject(key)).toEqual({ customerId, occurredAt: null });
});

it('tells when it happened, if that is known, and never throws', () => {
  expect(eventSubject('cus_1', 1_000).occurredAt).toEqual(new Date(1_000));
  expect(eventSubject('cus_1', Number.NaN).occurredAt).toBeNull();
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.double(), (key, ms) => eventSubject(key, ms) !== undefined));
});
