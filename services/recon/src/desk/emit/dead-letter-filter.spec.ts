import fc from 'fast-check';
import { deadLetterCondition } from './dead-letter-filter.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(`' or true --`, `'; drop table recon.payment; --`, '$1', '\\', '"'));
const filters: fc.Arbitrary<DeadLetterFilter> = fc.record(
  {
    ids: fc.array(text),
    sequences: fc.array(text),
    held: fc.boolean(),
    cause: text,
    group: text,
    topic: text,
    sequence: text,
    eventType: text,
    currency: text,
    from: text,
    to: text,
  },
  { requiredKeys: [] },
);

it('makes the same statement whatever is looked for: values are parameters', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const { sql, values } = deadLetterCondition(filter);
      const plain = Object.fromEntries(Object.keys(filter).map((name) => [name, name === 'ids' || name === 'sequences' ? ['x'] : 'x']));
      expect(sql).toBe(deadLetterCondition(plain).sql);
      expect(new Set(values)).toEqual(new Set(Object.values(filter)));
    }),
  );
});
