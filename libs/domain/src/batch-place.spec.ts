import fc from 'fast-check';
import { batchCursor, compareBatches, placeOfCursor } from './batch-place.js';

const place = fc.record({
  openedAt: fc.date({ min: new Date(0), max: new Date('2999-12-31T23:59:59.999Z'), noInvalidDate: true }).map((date) => date.toISOString()),
  target: fc.constantFrom('kinetic-main', 'sl-main'),
  batchId: fc.string({ minLength: 1, maxLength: 30 }),
});

it('is read back from its cursor, whatever the batch is called', () => {
  fc.assert(fc.property(place, (one) => expect(placeOfCursor(batchCursor(one))).toEqual(one)));
});

it('orders batches in one way', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      expect(Math.sign(compareBatches(a, b))).toBe(-Math.sign(compareBatches(b, a)) + 0);
      expect(compareBatches(a, b) === 0).toBe(batchCursor(a) === batchCursor(b));
    }),
  );
});

it.each(['', '1', '1~a', 'x~a~b', '~a~b', '1~~b', '9999999999999999~a~b', `999999999999999~a~b${'x'.repeat(600)}`])(
  '%j is no cursor',
  (text) => {
    expect(placeOfCursor(text)).toBeUndefined();
  },
);
