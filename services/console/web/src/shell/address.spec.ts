import fc from 'fast-check';
import { hrefOf, paymentHref, pickSearch, readSearch, writeSearch } from './address.js';

it('keeps filters in the address, and leaves out those without a value', () => {
  expect(hrefOf('/payments', { standing: 'needsPerson', currency: null, q: '', state: undefined })).toBe('/payments?standing=needsPerson');
  expect(paymentHref('a b/c', { part: '2' })).toBe('/payments/a%20b%2Fc?part=2');
});

it('takes every filter as the text that it is', () => {
  expect(readSearch('?after=7&q=null&x=%7B%7D')).toEqual({ after: '7', q: 'null', x: '{}' });
});

it('reads any filters as they were written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), (search) => {
      expect(readSearch(writeSearch(search))).toEqual(search);
    }),
  );
});

it('takes out of an address what means nothing to its page', () => {
  expect(pickSearch(['standing', 'q'], { standing: 'inLedger', q: '', other: '1' })).toEqual({ standing: 'inLedger' });
});
