import fc from 'fast-check';
import { addressOf, hrefOf, paymentHref } from './router.js';

it.each([
  ['/', 'overview', undefined],
  ['/payments?standing=needsPerson', 'payments', undefined],
  ['/payments/ch_1', 'payment', 'ch_1'],
  ['/payments/a%20b?standing=inLedger', 'payment', 'a b'],
  ['/payments/%', 'payment', '%'], // a truncated link: the id is shown unchanged, and recon does not find it
  ['/payments/ch_1/more', undefined, undefined],
  ['/elsewhere', undefined, undefined],
])('%s is the page %s with the id %s', (href, page, id) => {
  expect(addressOf(href)).toMatchObject({ page, id });
});

it('keeps filters in the address, and leaves out those without a value', () => {
  expect(hrefOf('/payments', { standing: 'needsPerson', currency: null, q: '', state: undefined })).toBe('/payments?standing=needsPerson');
  expect(addressOf(hrefOf('/payments', { q: 'a&b=c' })).query.get('q')).toBe('a&b=c');
});

it('finds any payment by the address that was made for it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (id) => {
      expect(addressOf(paymentHref(id, { standing: 'x' }))).toMatchObject({ page: 'payment', id: id.toWellFormed() });
    }),
  );
});
